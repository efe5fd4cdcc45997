/** The verifier page. Remembers nothing: what it shows is in its address, or was just given to it. */
import "../widget/define";

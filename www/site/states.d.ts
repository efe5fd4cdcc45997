/** The gallery: every made-up state in both languages, and every sentence. */
import "../widget/define";

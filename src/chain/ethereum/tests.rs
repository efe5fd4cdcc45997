//! Real transactions of every type, and explorers that lie.

use super::*;
use crate::evidence::{Answer, Evidence};
use crate::report::Failure;

/// The example of EIP-155.
const EIP_155: &str = r#"{"nonce":"0x9","gasPrice":"0x4a817c800","gas":"0x5208","to":"0x3535353535353535353535353535353535353535","value":"0xde0b6b3a7640000","input":"0x","v":"0x25","r":"0x28ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276","s":"0x67cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83"}"#;
/// By which Blockcerts were issued on Ropsten, the chain of number 3.
const ROPSTEN: &str = r#"{"blockHash":"0x2902c15778590321b5a14fc574105bb54d1a411e981e476c8ffa8af84ed55189","blockNumber":"0x1b6b73","from":"0xfc522b943d068116074c1c36839515fac0aa224e","gas":"0x61a8","gasPrice":"0x4a817c800","hash":"0xd7f7ccdb8de0ece57136696020af60026428234769263eb6ae882b8b7f3a1c96","input":"0x8438d5be1cb1e8eed22dc510e0154cc896b644521b4dd3ad6f838b884af921ea","nonce":"0x1","r":"0x4d9258cb8b4af065049ea2521a4032d617909104b2bb22d7349734c0a56296cb","s":"0x2ff68fcac79343fcee6eee5303cfa8e98e2b89e9f68a9c920425d40f47493b09","to":"0xdeaddeaddeaddeaddeaddeaddeaddeaddeaddead","transactionIndex":"0x3","v":"0x29","value":"0x0"}"#;
/// By which Blockcerts were issued on the main chain in June 2018.
const ISSUED: &str = r#"{"blockHash":"0x43bc69984a1ef0b160eeb5bc9cbda4d6ea7cdc01645300c50f398f234acfb3ae","blockNumber":"0x57375b","from":"0x3d995ef85a8d1bcbed78182ab225b9f88dc8937c","gas":"0x61a8","gasPrice":"0x4a817c800","hash":"0xa12c498c8fcf59ee2fe785c94c38be4797fb027e6450439a7ef30ad61d7616d3","input":"0xec049a808a09f3e8e257401e0898aa3d32a733706fd7d16aacf0ba95f7b42c0c","nonce":"0x2","to":"0xdeaddeaddeaddeaddeaddeaddeaddeaddeaddead","transactionIndex":"0xb","value":"0x0","v":"0x26","r":"0xe970a5df815a001360596410b304cfef763cba594b9a14e9804e8fb64ee8295","s":"0x6e4f235ca308dee52160f0b90802dcde159e3b1ccca7d57330eff42d9783775b"}"#;
/// A token's transfer of type 2.
const TYPE_2: &str = r#"{"blockHash":"0xf177268f13b0da5eda9a2bbbd9aed83c61be2bdb600f7c9130e6cb0a8c82de0d","blockNumber":"0xc9c34e","from":"0xc67c28abec0da24f44c0dbbe380c5b212374bfa6","gas":"0x1716c","gasPrice":"0xc61d0c503","maxFeePerGas":"0xc61d0c503","maxPriorityFeePerGas":"0x59682f00","hash":"0xf622489482dd58a4fe531db7ad3dd1fc2b4349d522b6013d9f13dac61606188d","input":"0x23b872dd000000000000000000000000c67c28abec0da24f44c0dbbe380c5b212374bfa60000000000000000000000007cc37198e085f6da8c8306965d6edbfcba96813200000000000000000000000000000000000000000000000000000000000003e0","nonce":"0x1","to":"0xa08126f5e1ed91a635987071e6ff5eb2aeb67c48","transactionIndex":"0xfb","value":"0x0","type":"0x2","accessList":[],"chainId":"0x1","v":"0x1","r":"0x38b1c3d51c94d18b4c8e2c1c7da51df662d7789a4e2e7b1cea4d32fa43e85e38","s":"0x358d782534143a8ed08836c477c40c25e4ee772bab6e7c86531bd7a4ebd5c53e"}"#;

fn read(text: &str, name: &str, chain: u32) -> Option<Transaction> {
    Transaction::read(&json::parse(text.as_bytes()).unwrap(), &hash(name).unwrap().0, chain)
}

#[test]
fn real_transactions_prove_themselves() {
    for (text, name, chain, sender, input) in [
        (
            EIP_155,
            "33469b22e9f636356c4160a87eb19df52b7412e8eac32a4a55ffe88ea8350788",
            1,
            "0x9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f",
            0,
        ),
        (
            ROPSTEN,
            "d7f7ccdb8de0ece57136696020af60026428234769263eb6ae882b8b7f3a1c96",
            3,
            "0xfc522b943d068116074c1c36839515fac0aa224e",
            32,
        ),
        (
            ISSUED,
            "a12c498c8fcf59ee2fe785c94c38be4797fb027e6450439a7ef30ad61d7616d3",
            1,
            "0x3d995ef85a8d1bcbed78182ab225b9f88dc8937c",
            32,
        ),
        (
            TYPE_2,
            "f622489482dd58a4fe531db7ad3dd1fc2b4349d522b6013d9f13dac61606188d",
            1,
            "0xc67c28abec0da24f44c0dbbe380c5b212374bfa6",
            100,
        ),
    ] {
        let transaction = read(text, name, chain).unwrap();
        let signer = signer(&transaction.digest, &transaction.signature).unwrap().unwrap();
        assert_eq!(written(&signer), sender);
        assert_eq!(transaction.input.len(), input);
        // Not of another chain, not under another name.
        assert_eq!(read(text, name, 11_155_111), None);
        assert_eq!(read(text, &"0".repeat(64), chain), None);
    }
}

const ROOT: &str = "ec049a808a09f3e8e257401e0898aa3d32a733706fd7d16aacf0ba95f7b42c0c";
const NAME: &str = "a12c498c8fcf59ee2fe785c94c38be4797fb027e6450439a7ef30ad61d7616d3";

/// What explorers answer, in the form that each has.
fn proxied(result: &str) -> String {
    [r#"{"jsonrpc":"2.0","id":1,"result":"#, result, "}"].concat()
}

fn block(hash: &str, time: &str) -> String {
    let start = r#"{"difficulty":"0xb","extraData":"0x","hash":""#;
    proxied(
        &[start, hash, r#"","number":"0x57375b","timestamp":""#, time, r#"","transactions":["0x00"]}"#]
            .concat(),
    )
}

fn blockscout(sender: &str, input: &str, number: &str, time: &str) -> String {
    [
        r#"{"hash":"0x"#,
        NAME,
        r#"","status":"ok","from":{"hash":""#,
        sender,
        r#"","is_contract":false},"raw_input":""#,
        input,
        r#"","block_number":"#,
        number,
        r#","timestamp":"#,
        time,
        r#","confirmations":100}"#,
    ]
    .concat()
}

/// The answers of Routescan, its block, Blockscout, Etherscan and its block; an empty one is a server's error.
fn outcome(answers: [&str; 5], root: &str) -> (Result<Anchored, Error>, Vec<usize>) {
    let [routescan, etherscan] = MAIN.etherscan;
    let by_hash = ["eth_getTransactionByHash&txhash=0x", NAME].concat();
    let by_number = "eth_getBlockByNumber&tag=0x57375b&boolean=false";
    let urls = [
        [routescan, &by_hash].concat(),
        [routescan, by_number].concat(),
        [MAIN.blockscout, "0x", NAME].concat(),
        [etherscan, &by_hash].concat(),
        [etherscan, by_number].concat(),
    ];
    let mut evidence = Evidence::default();
    let mut asked = Vec::new();
    loop {
        let lookups = Lookups::new(&evidence, false);
        let outcome = look_up(Network::Ethereum, &["0x", NAME].concat(), &hash(root).unwrap().0, &lookups);
        let needs = lookups.into_parts().0;
        if needs.is_empty() {
            return (outcome, asked);
        }
        asked.push(needs.len());
        for need in needs {
            let at = urls.iter().position(|url| *url == need.url).unwrap_or_else(|| panic!("{}", need.url));
            let body = Some(answers[at]).filter(|answer| !answer.is_empty());
            let body = body.map(|answer| answer.as_bytes().to_vec()).ok_or(Failure::ServerError);
            evidence.add(Answer { url: need.url, body, final_url: None });
        }
    }
}

#[test]
fn two_explorers_must_say_the_same() {
    const HASH: &str = "0x43bc69984a1ef0b160eeb5bc9cbda4d6ea7cdc01645300c50f398f234acfb3ae";
    const SENDER: &str = "0x3D995ef85a8d1bcbed78182ab225b9f88dc8937C";
    const TIME: &str = r#""2018-06-02T08:38:26.000000Z""#;
    let input = ["0x", ROOT].concat();
    let issued = proxied(ISSUED);
    let in_block = block(HASH, "0x5b125782");
    let seconds = Timestamp::parse("2018-06-02T08:38:26Z").unwrap().at;
    let said = blockscout(SENDER, &input, "5715803", TIME);
    let right = [issued.as_str(), &in_block, &said, "", ""];
    let anchored = Anchored { sender: SENDER.to_ascii_lowercase(), time: seconds };
    assert_eq!(outcome(right, ROOT), (Ok(anchored.clone()), vec![2, 1]));
    let with = |changes: &[(usize, &str)]| {
        let mut answers = right;
        changes.iter().for_each(|(at, answer)| answers[*at] = answer);
        outcome(answers, ROOT).0
    };
    assert_eq!(outcome(right, &"0".repeat(64)).0, Err(Error::Mismatch));
    // A third stands in for either.
    assert_eq!(with(&[(2, ""), (3, &issued), (4, &in_block)]), Ok(anchored.clone()));
    assert_eq!(with(&[(0, ""), (3, &issued), (4, &in_block)]), Ok(anchored));
    // One alone is not enough, nor is one without a signature beside one that has none to give.
    for changes in [&[(2, "")], &[(0, "")], &[(2, "{}")], &[(0, "no")], &[(1, "")]] {
        assert!(matches!(with(changes), Err(Error::Missing(_) | Error::Unproven)), "{changes:?}");
    }
    // What one says otherwise.
    for said in [
        blockscout("0x00", &input, "5715803", TIME),
        blockscout(SENDER, "0x00", "5715803", TIME),
        blockscout(SENDER, &input, "5715804", TIME),
        blockscout(SENDER, &input, "5715803", r#""2018-06-02T08:38:27Z""#),
    ] {
        assert_eq!(with(&[(2, &said)]), Err(Error::Disagree), "{said}");
    }
    let later = in_block.replace("0x5b125782", "0x5b125783");
    assert_eq!(with(&[(1, &later)]), Err(Error::Disagree));
    // What does not fit the hash is not believed, whoever says the same.
    for (from, to) in [
        (ROOT, &"0".repeat(64)),
        ("\"v\":\"0x26\"", &"\"v\":\"0x25\"".to_owned()),
        ("\"nonce\":\"0x2\"", &"\"nonce\":\"0x3\"".to_owned()),
        ("\"gas\":\"0x61a8\"", &"\"gas\":\"0x061a8\",\"type\":\"0x3\"".to_owned()),
        ("0xe970a5", &"0xe970a6".to_owned()),
    ] {
        let changed = issued.replace(from, to);
        assert_ne!(changed, issued);
        let said = said.replace(from, to);
        let outcome = with(&[(0, &changed), (2, &said)]);
        assert!(matches!(outcome, Err(Error::Missing(_) | Error::Unproven)), "{to}: {outcome:?}");
    }
    // In no block, or unknown.
    let waiting = issued.replace("\"0x57375b\"", "null");
    let none = blockscout(SENDER, &input, "null", "null");
    assert_eq!(with(&[(0, &waiting), (2, &none)]), Err(Error::Unconfirmed));
    assert_eq!(with(&[(0, &proxied("null")), (2, "")]), Err(Error::Unconfirmed));
    // Another block of the same number.
    assert_eq!(with(&[(1, &block("0x00", "0x5b125782"))]), Err(Error::Unproven));
}

#[test]
fn names_of_another_form_are_wrong() {
    let evidence = Evidence::default();
    let lookups = Lookups::new(&evidence, false);
    for name in [
        "",
        "0x",
        "0x0x00",
        NAME.trim_start_matches('a'),
        &["0x", NAME, "00"].concat(),
        &["0X", NAME].concat(),
    ] {
        assert_eq!(look_up(Network::Sepolia, name, &[0; 32], &lookups), Err(Error::Malformed), "{name}");
    }
    assert!(lookups.into_parts().0.is_empty());
}

//! Real transactions and blocks; a chain of our own, on which everything that a proof consists of is broken.

use super::*;
use crate::codec;
use crate::evidence::{Answer, Evidence};

fn bytes(text: &str) -> Vec<u8> {
    codec::hex(text).unwrap()
}

/// The first payment that was ever made, in block 170.
const PAYMENT: &str = "0100000001c997a5e56e104102fa209c6a852dd90660a20b2d9c352423edce25857fcd3704000000004847304402204e45e16932b8af514961a1d3a1a25fdf3f4f7732e9d624c6c61548ab5fb8cd410220181522ec8eca07de4860a4acdd12909d831cc56cbbac4622082221a8768d1d0901ffffffff0200ca9a3b00000000434104ae1a62fe09c5f51b13905f07f06b99a2f7159b2225f374cd378d71302fa28414e7aab37397f554a7df5f142c21c1b7303b8a0626f1baded5c72a704f7e6cd84cac00286bee0000000043410411db93e1dcdb8a016b49840f8c53bc1eb68a382e97b1482ecad7b148a6909a5cb2e0eaddfb84ccf9744464f82e160bfa9b8b64f9d4c03f999b8643f656b412a3ac00000000";
/// The first signed transaction of BIP 143, with witnesses.
const WITNESSED: &str = "01000000000102fff7f7881a8099afa6940d42d1e7f6362bec38171ea3edf433541db4e4ad969f00000000494830450221008b9d1dc26ba6a9cb62127b02742fa9d754cd3bebf337f7a55d114c8e5cdd30be022040529b194ba3f9281a99f2b1c0a19c0489bc22ede944ccf4ecbab4cc618ef3ed01eeffffffef51e1b804cc89d182d279655c3aa89e815b1b309fe287d9b2b55d57b90ec68a0100000000ffffffff02202cb206000000001976a9148280b37df378db99f66f85c95a783a76ac7a6d5988ac9093510d000000001976a9143bde42dbee7e4dbe6a21b2d50ce2f0167faa815988ac000247304402203609e17b84f6a7d30c80bfa610b5b4542f32a8a0d5447a12fb1366d7f01cc44a0220573a954c4518331561406f90300e8f3358f51928d43c212a8caed02de67eebee0121025476c2e83188368da1ff3e292e7acafcdb3566bb0ad253f62fc70f07aeee635711000000";
/// A transaction by which Blockcerts were issued in February 2018, in block 508,180.
const ISSUED: &str = "010000000200d4362d0e15cd3dc2700698ea4beb22647e148e9e11cd005adfa1b0a45a4b4b000000006a47304402205a98a4b501a133ee140bc7b2683f249b6ca73d5ae22e215550cdc8c4d33c19c50220631d5e7400d9898b2c4d659791c6d619d3fc7211cf0c6c6d55d6c6e111f1e2c001210262abbba41b0e53be21f52e844969946d5bbf93b2fc83a63f35b2bdcdae365bfaffffffffc7d3a58012dea97a9c7f2dc8848bd3381532fe830bc86a88469ef739d38fe554000000006b48304502210080048844663e9927eff586c843099f4e1197fcf317f9bcba723de9c293e06e2602204b512d9199b0a549f8908eb1c63fa125f96083be36df1e0a071b992061a6362a01210262abbba41b0e53be21f52e844969946d5bbf93b2fc83a63f35b2bdcdae365bfaffffffff028e790400000000001976a9146d0e0a8a22d533927fb44e578ff60e5b7681888d88ac0000000000000000226a20b2ceea1d52627b6ed8d919ad1039eca32f6e099ef4a357cbb7f7361c471ea6c800000000";
/// What mempool.space says of a transaction in block 363,348, of July 2015.
const BRANCH: &str = "0300000058f6dd09ac5aea942c01d12e75b351e73f4304cc442741000000000000000000ef0c2fa8517414b742094a020da7eba891b47d660ef66f126ad01e5be99a2fd09ae093558e411618c14240df820700000ce4d15e17594f257b22d1ddf47d07b3b88779a8374fcd515ad883d79726c6027da6abfcbc1341a049b30277d3bf14e4663ecaa55b76cb638bb92b028e9bdeeeba65a06adaae75df61e79677b13b5d45523d5ab4067f6f3c89e27458b9c1072910436afdd26b9b89489d89f2a7daaad6d375e3ebafb169bfa3cf266b9605964debb72a79a6491481295dc5ed5198b989c6126c8b4d354c274f115a91b7d01d878c01c9a70ba5d78e11c38d1f7b94692afb177e63a9371b60665ee4cfc49cd9cffa78244de209537d97b19d5938a67078af79f7258d7afe325b16c68089fe31f9ac2185dcea0f9d66cb7b6b69c42c41127c3ddd1b1991f3ce99a89355f14507e115f92356b4c0984e291567cf9d869918726b0e650274a6c692682320257c9925eeb7240c4ced055b8b8cf804d33bbec407b4058b1e1f7c5a7127770f7cac890879706e1e34ef8e1b715e182cc691524135bc78da898afc89b401862af259dca1da9065dad015d747181e12ffb73ea0ba0480a0b89ff33fb3884514554be97bf0b603add505";
/// A header of July 2021, when work was cheapest since 2020.
const HEADER: &str = "040000202c04d4c450187d1da9b1bc23ba47d67fe028d22486fd0c00000000000000000059a3a33d4642c799af9f54a4dd351fff9130e6a89d4e251130c60064878616e906b5ea60ce9813173a25caf3";
const GENESIS: &str = "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c";

#[test]
fn transactions_have_their_ids() {
    for (text, id, outputs) in [
        (PAYMENT, "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16", 2),
        (WITNESSED, "e8151a2af31c368a35053ddd4bdb285a8595c769a3ad83e0fa02314a602d4609", 2),
        (ISSUED, "2378076e8e140012814e98a2b2cb1af07ec760b239c1d6d93ba54d658a010ecd", 2),
    ] {
        let transaction = Transaction::read(&bytes(text)).unwrap();
        assert_eq!((name(&transaction.id).as_str(), transaction.outputs.len()), (id, outputs));
        // Whatever is cut off or added makes it another thing.
        let whole = bytes(text);
        for end in 0..whole.len() {
            assert!(Transaction::read(&whole[..end]).is_none(), "{id} cut at {end}");
        }
        assert!(Transaction::read(&[whole, vec![0]].concat()).is_none());
    }
    let issued = Transaction::read(&bytes(ISSUED)).unwrap();
    let root = bytes("b2ceea1d52627b6ed8d919ad1039eca32f6e099ef4a357cbb7f7361c471ea6c8");
    assert!(issued.holds(&root) && !issued.holds(&root[..31]) && !issued.holds(&[]));
    assert_eq!(
        address::of_script(Network::Bitcoin, &issued.outputs[0]).as_deref(),
        Some("1AwdUWQzJgfDDjeKtpPzMfYMHejFBrxZfo")
    );
    let (before, output) = issued.first_input;
    assert_eq!(name(&before), "4b4b5aa4b0a1df5a00cd119e8e147e6422eb4bea980670c23dcd150e2d36d400");
    assert_eq!(output, 0);
}

#[test]
fn hostile_transactions_are_none() {
    let start = bytes("01000000");
    for rest in [
        // Counts and lengths beyond all bytes, and sizes that are not in their shortest form.
        "ffffffffffffffffff",
        "fe00000100",
        "fdfd00",
        "00",
        "0001",
        "000100",
        "fd0100",
        "01ffff",
        "0100000000000000000000000000000000000000000000000000000000000000000000000000ffffffffffffffff7f",
    ] {
        assert!(Transaction::read(&[start.clone(), bytes(rest)].concat()).is_none(), "{rest}");
    }
    assert!(Transaction::read(&[]).is_none());
    assert!(Transaction::read(&vec![0xff; 100_000]).is_none());
}

#[test]
fn real_blocks_are_believed_as_far_as_their_work_goes() {
    let demand = Demand::of(Network::Bitcoin);
    let id = id("15e10745f15593a899cef391191bdd3d7c12412cc4696b7bcb669d0feadc8521").unwrap();
    let old = block::inclusion(&bytes(BRANCH), &id).unwrap();
    assert_eq!(name(&old.hash), "0000000000000000139385d7aa78ffb45469e0c715b8d6ea6cb2ffa98acc7171");
    assert_eq!(old.time, 1_435_754_650);
    assert_eq!(demand.met(&old), Some(Work::Little));
    let new = Header::read(&bytes(HEADER)).unwrap();
    assert_eq!(name(&new.hash), "0000000000000000000065bda8f8a88f2e1e00d9a6887a43d640e52a4c7660f2");
    assert_eq!(demand.met(&new), Some(Work::Enough));
    // The work of one time is none of another, and what is before the table proves nothing.
    for (header, time) in
        [(&old, new.time), (&new, old.time), (&old, 1_788_000_000), (&old, 0), (&old, u32::MAX)]
    {
        assert_eq!(demand.met(&Header { time, ..*header }), None, "{time}");
    }
    let first = Header::read(&bytes(GENESIS)).unwrap();
    assert_eq!(name(&first.hash), "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f");
    assert_eq!(demand.met(&first), None);
    assert_eq!(Demand::of(Network::BitcoinTestnet).met(&first), Some(Work::Enough));
    // Without the work, nothing.
    assert_eq!(demand.met(&Header { hash: [0xff; 32], ..new }), None);
    // Test chains have a target that none may be easier than.
    let easy = Header::read(&Ledger::new().header).unwrap();
    assert_eq!(Demand::Any { easiest: BITS }.met(&easy), Some(Work::Enough));
    for network in [Network::BitcoinSignet, Network::BitcoinTestnet] {
        assert_eq!(Demand::of(network).met(&easy), None);
    }
}

/// What is after the table may be four times as easy as its end, and no more.
#[test]
fn targets_after_the_table_are_near_its_end() {
    let periods = [TIME, 0x1d00_ffff].map(u32::to_be_bytes).concat();
    let demand = Demand::Known { periods: &periods, enough: 33 };
    let met = |bits| demand.met(&Header { hash: [0; 32], root: ROOT, time: TIME, bits });
    assert_eq!(met(0x1c7f_ff80), Some(Work::Enough));
    assert_eq!(met(0x1d03_fffc), Some(Work::Little));
    // Easier, negative, nought.
    for bits in [0x1d03_fffd, 0x1c80_0000, 0x1d00_0000] {
        assert_eq!(met(bits), None, "{bits:x}");
    }
}

/// Every byte of a real proof matters: the branch is another, or the header has no work.
#[test]
fn a_real_proof_with_any_bit_turned_is_none() {
    let demand = Demand::of(Network::Bitcoin);
    let id = id("15e10745f15593a899cef391191bdd3d7c12412cc4696b7bcb669d0feadc8521").unwrap();
    let proof = bytes(BRANCH);
    // The number of transactions may be another while the tree is as high and as wide on the way.
    let count = 80..84;
    for (at, bit) in (0..proof.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
        let mut changed = proof.clone();
        changed[at] ^= 1 << bit;
        let believed = block::inclusion(&changed, &id).and_then(|header| demand.met(&header));
        assert!(believed.is_none() || count.contains(&at), "bit {bit} of byte {at}");
    }
    for end in 0..proof.len() {
        assert!(block::inclusion(&proof[..end], &id).is_none());
    }
    assert!(block::inclusion(&[proof, vec![0]].concat(), &id).is_none());
}

/// The table is whole: periods follow each other, none harder or easier by more than the rules allow.
#[test]
fn the_table_of_targets_is_whole() {
    let Demand::Known { periods, .. } = Demand::of(Network::Bitcoin) else { panic!() };
    assert!(periods.len() % 8 == 0 && periods.len() / 8 > 300);
    let rows: Vec<(u32, u32)> = periods
        .chunks(8)
        .map(|row| [&row[..4], &row[4..]].map(|part| u32::from_be_bytes(part.try_into().unwrap())).into())
        .collect();
    for pair in rows.windows(2) {
        let took = pair[1].0 - pair[0].0;
        assert!((5 * 86_400..30 * 86_400).contains(&took), "{pair:?}");
        assert_ne!(pair[0].1, pair[1].1);
    }
    // Block 840,000, of the fourth halving, is in the middle of its period.
    let row = rows[840_000 / 2_016 - 150];
    assert!(1_713_571_767_u32.abs_diff(row.0 + 1_344 * 600) < 3 * 86_400);
}

#[test]
fn addresses_are_written_as_people_write_them() {
    let main = |script: &str| address::of_script(Network::Bitcoin, &bytes(script));
    let test = |script: &str| address::of_script(Network::BitcoinTestnet, &bytes(script));
    let program = "0014751e76e8199196d454941c45d1b3a323f1433bd6";
    for (script, address) in [
        ("76a914751e76e8199196d454941c45d1b3a323f1433bd688ac", "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH"),
        ("a914bcfeb728b584253d5f3f70bcb780e9ef218a68f487", "3JvL6Ymt8MVWiCNHC7oWU6nLeHNJKLZGLN"),
        (program, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
        // BIP 350's examples
        (
            "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
        ),
        ("6002751e", "bc1sw50qgdz25j"),
    ] {
        assert_eq!(main(script).as_deref(), Some(address));
    }
    assert_eq!(test(program).as_deref(), Some("tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx"));
    for none in [
        "",
        "51",
        "5101ff",
        "0013751e76e8199196d454941c45d1b3a323f1433b",
        "6a0401020304",
        "76a90088ac",
        // A length that is not that of what follows.
        "0020751e76e8199196d454941c45d1b3a323f1433bd6",
        "76a914751e76e8199196d454941c45d1b3a323f1433bd60088ac",
        "a914bcfeb728b584253d5f3f70bcb780e9ef218a68f40087",
    ] {
        assert_eq!(main(none), None, "{none}");
    }
}

/// A chain of our own: a payment to an issuer, what the issuer makes of it, and the block that it is in.
struct Ledger {
    before: Vec<u8>,
    issued: Vec<u8>,
    proof: Vec<u8>,
    header: Vec<u8>,
}

const ROOT: [u8; 32] = [7; 32];
/// Sixteen bits of work.
const BITS: u32 = 0x1f00_ffff;
const TIME: u32 = 1_600_000_000;
const EXPLORERS: [&str; 2] = ["https://one.example/api", "https://two.example/api"];

fn pay(from: (&Hash, u32), scripts: &[&[u8]]) -> Vec<u8> {
    let input = [from.0.as_slice(), &from.1.to_le_bytes(), &[3, 1, 2, 3], &[0xff; 4]].concat();
    let outputs =
        scripts.iter().flat_map(|script| [[9; 8].as_slice(), &[script.len() as u8], script].concat());
    [vec![1, 0, 0, 0, 1], input, vec![scripts.len() as u8], outputs.collect(), vec![0; 4]].concat()
}

impl Ledger {
    fn new() -> Self {
        let to_issuer = [[0x76, 0xa9, 20].as_slice(), &[5; 20], &[0x88, 0xac]].concat();
        let before = pay((&[1; 32], 0), &[&[0x51], &to_issuer]);
        let note = [[0x6a, 32].as_slice(), &ROOT].concat();
        let issued = pay((&read::double_sha256(&before), 1), &[&to_issuer, &note]);
        // Five transactions; ours is the last, whose hash is its own neighbour.
        let id = read::double_sha256(&issued);
        let left = [[2; 32], [3; 32]];
        let row = [left[0], read::double_sha256(&[id, id].concat())];
        let right = read::double_sha256(&[row[1], row[1]].concat());
        let root = read::double_sha256(&[left[1], right].concat());
        let start = [&[4; 36], root.as_slice(), &TIME.to_le_bytes(), &BITS.to_le_bytes()].concat();
        let mine = |nonce: &u32| {
            let header = [start.as_slice(), &nonce.to_le_bytes()].concat();
            read::double_sha256(&header)[30..] == [0, 0]
        };
        let nonce = (0..).find(mine).unwrap();
        let header = [start.as_slice(), &nonce.to_le_bytes()].concat();
        // Root, left half not followed, right half, its left, the leaf: flags 1, 0, 1, 1, 1.
        let proof = [header.as_slice(), &5u32.to_le_bytes(), &[2], &left[1], &id, &[1, 0b11101]].concat();
        Ledger { before, issued, proof, header }
    }

    fn id(&self) -> String {
        name(&read::double_sha256(&self.issued))
    }

    fn chain(periods: &[u8], enough: u32) -> Chain<'_> {
        let demand = Demand::Known { periods, enough };
        Chain { network: Network::Bitcoin, explorers: &EXPLORERS, demand }
    }

    /// What the explorer at that place answers to everything.
    fn answers(&self, explorer: usize) -> Vec<(String, Vec<u8>)> {
        let (id, before) = (self.id(), name(&read::double_sha256(&self.before)));
        let block = name(&read::double_sha256(&self.header));
        let text = |bytes: &[u8]| [to_hex(bytes).as_bytes(), b"\n"].concat();
        [
            (["/tx/", &id, "/hex"], text(&self.issued)),
            (["/tx/", &id, "/merkleblock-proof"], text(&self.proof)),
            (["/tx/", &before, "/hex"], text(&self.before)),
            (
                ["/block/", &block, "/status"],
                br#"{"in_best_chain":true,"height":648000,"next_best":"00"}"#.to_vec(),
            ),
        ]
        .map(|(path, body)| ([EXPLORERS[explorer], &path.concat()].concat(), body))
        .into()
    }
}

fn periods() -> Vec<u8> {
    [TIME - 86_400, BITS, TIME + 12 * 86_400, 0x1d00_ffff].iter().flat_map(|n| n.to_be_bytes()).collect()
}

/// Answers every need out of `answers`; what is not there is not found. Gives the outcome and what was asked, by round.
fn rounds(
    answers: &[(String, Vec<u8>)],
    work: impl Fn(&Lookups<'_>) -> Result<Anchored, Error>,
) -> (Result<Anchored, Error>, Vec<Vec<String>>) {
    let mut evidence = Evidence::default();
    let mut asked = Vec::new();
    loop {
        let lookups = Lookups::new(&evidence, false);
        let outcome = work(&lookups);
        let needs: Vec<String> = lookups.into_parts().0.into_iter().map(|need| need.url).collect();
        if needs.is_empty() {
            return (outcome, asked);
        }
        for url in &needs {
            let body = answers.iter().find(|(at, _)| at == url).map(|(_, body)| body.clone());
            evidence.add(Answer { url: url.clone(), body: body.ok_or(Failure::NotFound), final_url: None });
        }
        asked.push(needs);
    }
}

fn anchored() -> Anchored {
    let sender = address::of_script(
        Network::Bitcoin,
        &[[0x76, 0xa9, 20].as_slice(), &[5; 20], &[0x88, 0xac]].concat(),
    );
    Anchored { sender: sender.unwrap(), time: Timestamp::from_unix(TIME.into()) }
}

#[test]
fn one_explorer_is_enough_where_the_work_is() {
    let (ledger, periods) = (Ledger::new(), periods());
    let chain = Ledger::chain(&periods, 16);
    let work = |lookups: &Lookups<'_>| chain.look_up(&ledger.id(), &ROOT, lookups);
    let (outcome, asked) = rounds(&ledger.answers(0), work);
    assert_eq!(outcome, Ok(anchored()));
    assert_eq!(asked.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
    // The other one stands in.
    let (outcome, asked) = rounds(&ledger.answers(1), work);
    assert_eq!(outcome, Ok(anchored()));
    assert_eq!(asked.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 1, 1]);
    assert!(matches!(rounds(&[], work).0, Err(Error::Missing(_))));
    // A lie of the first is put right by the second.
    let mut lies = ledger.answers(0);
    lies.iter_mut().for_each(|(_, body)| *body = b"00".to_vec());
    assert_eq!(rounds(&[lies.clone(), ledger.answers(1)].concat(), work).0, Ok(anchored()));
    assert_eq!(rounds(&lies, work).0, Err(Error::Unproven));
    // Known, and in no block.
    let mut waiting = ledger.answers(0);
    waiting.remove(1);
    assert_eq!(rounds(&waiting, work).0, Err(Error::Unconfirmed));
}

#[test]
fn cheap_blocks_need_another_explorer() {
    let (ledger, periods) = (Ledger::new(), periods());
    let chain = Ledger::chain(&periods, 17);
    let work = |lookups: &Lookups<'_>| chain.look_up(&ledger.id(), &ROOT, lookups);
    let both = [ledger.answers(0), ledger.answers(1)].concat();
    let (outcome, asked) = rounds(&both, work);
    assert_eq!(outcome, Ok(anchored()));
    assert_eq!(asked.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2]);
    assert!(asked[1][1].starts_with("https://two.example/api/block/"));
    assert_eq!(rounds(&ledger.answers(0), work).0, Err(Error::Disagree));
    for (answer, error) in [
        (r#"{"in_best_chain":false,"height":null,"next_best":null}"#, Error::Disagree),
        (r#"{"in_best_chain":"true"}"#, Error::Unproven),
        ("yes", Error::Unproven),
    ] {
        let mut both = both.clone();
        both[7].1 = answer.into();
        assert_eq!(rounds(&both, work).0, Err(error), "{answer}");
    }
}

#[test]
fn another_root_is_a_failure() {
    let (ledger, periods) = (Ledger::new(), periods());
    let chain = Ledger::chain(&periods, 16);
    for root in [&[8; 32], &ROOT[..31], &[]] {
        let (outcome, _) = rounds(&ledger.answers(0), |lookups| chain.look_up(&ledger.id(), root, lookups));
        assert_eq!(outcome, Err(Error::Mismatch));
    }
    for id in ["", "00", &"g".repeat(64), &"0".repeat(66)] {
        let (outcome, asked) = rounds(&[], |lookups| chain.look_up(id, &ROOT, lookups));
        assert_eq!((outcome, asked.len()), (Err(Error::Malformed), 0));
    }
}

/// Whatever bit is turned in what an explorer says, nothing is believed that was not so.
#[test]
fn no_proof_with_a_bit_turned_passes() {
    let (ledger, periods) = (Ledger::new(), periods());
    let chain = Ledger::chain(&periods, 16);
    let right = ledger.answers(0);
    let mut passed = 0;
    for answer in 0..3 {
        let bytes = hex(&right[answer].1).unwrap();
        for (at, bit) in (0..bytes.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << bit;
            let mut answers = right.clone();
            answers[answer].1 = to_hex(&changed).into_bytes();
            let (outcome, _) = rounds(&answers, |lookups| chain.look_up(&ledger.id(), &ROOT, lookups));
            // That there are six transactions instead of five changes nothing on the way to the fifth.
            if answer == 1 && (80..84).contains(&at) && outcome == Ok(anchored()) {
                passed += 1;
                continue;
            }
            assert_eq!(outcome, Err(Error::Unproven), "bit {bit} of byte {at} of answer {answer}");
        }
    }
    assert!(passed <= 1);
}

/// Two hashes of a tree are 64 bytes, which could be a transaction and could not: neither way round do they pass.
#[test]
fn hashes_are_not_taken_for_transactions() {
    // One input and one output, 64 bytes in all.
    let small = [
        vec![1, 0, 0, 0, 1],
        vec![9; 36],
        vec![4, 1, 1, 1, 1],
        vec![0xff; 4],
        vec![1],
        vec![0; 8],
        vec![0],
        vec![0; 4],
    ]
    .concat();
    assert_eq!(small.len(), 64);
    assert!(Transaction::read_any(&small).is_some() && Transaction::read(&small).is_none());
    // A block of one transaction, `small`, said to be of two, of which the second half of `small` is one.
    let id: Hash = small[32..].try_into().unwrap();
    let root = read::double_sha256(&small);
    let header = [&[4; 36], root.as_slice(), &[0; 12]].concat();
    let proof =
        |id: &[u8]| [header.as_slice(), &2u32.to_le_bytes(), &[2], &small[..32], id, &[1, 0b101]].concat();
    assert_eq!(block::inclusion(&proof(&id), &id), None);
    // The same tree of anything else is one.
    let (left, id) = ([8; 32], [9; 32]);
    let root = read::double_sha256(&[left, id].concat());
    let header = [&[4; 36], root.as_slice(), &[0; 12]].concat();
    let start = [header.as_slice(), &2u32.to_le_bytes()].concat();
    let proof = |rest: &[&[u8]]| [start.as_slice(), &rest.concat()].concat();
    let right = proof(&[&[2], &left, &id, &[1, 0b101]]);
    assert!(block::inclusion(&right, &id).is_some());
    // Of another transaction, also of the one that is named beside it.
    assert_eq!(block::inclusion(&right, &left), None);
    // A hash, or a byte of flags, that nothing in the tree asks for.
    assert_eq!(block::inclusion(&proof(&[&[3], &left, &id, &left, &[1, 0b101]]), &id), None);
    assert_eq!(block::inclusion(&proof(&[&[2], &left, &id, &[2, 0b101, 0]]), &id), None);
    // The same hash twice where there are two (CVE-2012-2459), whether one is looked for or both.
    let root = read::double_sha256(&[id, id].concat());
    let header = [&[4; 36], root.as_slice(), &[0; 12]].concat();
    for flags in [0b011, 0b101, 0b111] {
        let proof = [header.as_slice(), &2u32.to_le_bytes(), &[2], &id, &id, &[1, flags]].concat();
        assert_eq!(block::inclusion(&proof, &id), None);
    }
}

#[test]
fn spent_outputs_are_told_where_two_say_so() {
    let (ledger, periods) = (Ledger::new(), periods());
    let chain = Ledger::chain(&periods, 16);
    let path = ["/tx/", &ledger.id(), "/outspends"].concat();
    let spent = |first: &str, second: &str| {
        let said = [first, second].into_iter().zip(EXPLORERS).filter(|(said, _)| !said.is_empty());
        let mut answers: Vec<_> =
            said.map(|(said, explorer)| ([explorer, &path].concat(), said.as_bytes().to_vec())).collect();
        answers.extend(ledger.answers(0));
        let mut evidence = Evidence::default();
        for (url, body) in answers {
            evidence.add(Answer { url, body: Ok(body), final_url: None });
        }
        for explorer in EXPLORERS {
            let url = [explorer, &path].concat();
            evidence.add(Answer { url, body: Err(Failure::Timeout), final_url: None });
        }
        chain.spent(&ledger.id(), &Lookups::new(&evidence, false))
    };
    let none = r#"[{"spent":false},{"spent":false}]"#;
    let one = r#"[{"spent":true,"txid":"00","vin":0,"status":{"confirmed":true,"block_height":1}},{"spent":false}]"#;
    let soon = r#"[{"spent":true,"txid":"00","vin":0,"status":{"confirmed":false}},{"spent":false}]"#;
    assert_eq!(spent(none, none), Ok(vec![]));
    assert_eq!(spent(one, one), Ok(vec![anchored().sender]));
    assert_eq!(spent(soon, none), Ok(vec![]));
    assert_eq!(spent(one, none), Err(Error::Disagree));
    assert!(matches!(spent(none, ""), Err(Error::Missing(_))));
    assert_eq!(spent("[]", "[]"), Err(Error::Unproven));
    assert_eq!(spent("{}", none), Err(Error::Unproven));
}

//! What the two kinds of chain have in common, and keys.

use super::*;
use crate::codec;

/// The key whose secret is one: the base point.
const BASE: &str = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";

#[test]
fn a_key_has_its_addresses() {
    let whole = codec::hex("0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8").unwrap();
    for bytes in [codec::hex(BASE).unwrap(), whole] {
        let key = PublicKey::new(KeyKind::Secp256k1, bytes).unwrap();
        assert_eq!(
            addresses(Network::Bitcoin, &key).unwrap(),
            [
                "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH",
                "1EHNa6Q4Jz2uvNExL497mE43ikXhwF6kZm",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
                "3JvL6Ymt8MVWiCNHC7oWU6nLeHNJKLZGLN",
            ]
        );
        let test = addresses(Network::BitcoinTestnet, &key).unwrap();
        assert_eq!(test[0], "mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r");
        let ethereum = ["0x7e5f4552091a69125d5dfcb7b8c2659029395bdf"];
        assert_eq!(addresses(Network::Ethereum, &key).unwrap(), ethereum);
        assert_eq!(addresses(Network::Mock, &key).unwrap(), [""; 0]);
    }
    let other = PublicKey::new(KeyKind::Ed25519, vec![1; 32]).unwrap();
    assert_eq!(addresses(Network::Bitcoin, &other).unwrap(), [""; 0]);
}

#[test]
fn networks_are_told_by_both_kinds_of_name() {
    for (name, blink, network) in [
        ("bitcoinMainnet", ("btc", "mainnet"), Network::Bitcoin),
        ("bitcoinTestnet", ("btc", "testnet"), Network::BitcoinTestnet),
        ("ethereumMainnet", ("eth", "mainnet"), Network::Ethereum),
        ("ethereumSepolia", ("eth", "sepolia"), Network::Sepolia),
        ("ethereumRopsten", ("eth", "ropsten"), Network::Other("Ethereum Ropsten")),
        ("bitcoinRegtest", ("btc", "regtest"), Network::Mock),
    ] {
        assert_eq!(Network::from_name(name), Some(network));
        assert_eq!(Network::from_blink(blink.0, blink.1), Some(network));
        assert_eq!(network.is_test(), !matches!(network, Network::Bitcoin | Network::Ethereum));
    }
    assert_eq!(Network::from_name("dogecoin"), None);
    assert_eq!(Network::from_blink("btc", "main"), None);
}

//! Which blockchains there are, and what Blockcerts call them.

/// A blockchain, or what stands in for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Network {
    /// Bitcoin's main chain.
    Bitcoin,
    /// Bitcoin's third test chain.
    BitcoinTestnet,
    /// Bitcoin's fourth test chain (BIP 94).
    BitcoinTestnet4,
    /// Bitcoin's signed test chain (BIP 325).
    BitcoinSignet,
    /// Ethereum's main chain.
    Ethereum,
    /// Ethereum's test chain.
    Sepolia,
    /// A chain that is known by this name and not looked up: shut down, or none of those that credentials use.
    Other(&'static str),
    /// No chain at all: made for a trial, on one machine.
    Mock,
}

/// Names in Blockcerts 2 (`anchors[].chain`), the two parts of names in Blockcerts 3 (`blink:btc:mainnet:…`), and what
/// they mean.
const NAMES: [(&str, &str, &str, Network); 15] = [
    ("bitcoinMainnet", "btc", "mainnet", Network::Bitcoin),
    ("bitcoinTestnet", "btc", "testnet", Network::BitcoinTestnet),
    ("bitcoinTestnet4", "btc", "testnet4", Network::BitcoinTestnet4),
    ("bitcoinSignet", "btc", "signet", Network::BitcoinSignet),
    ("bitcoinRegtest", "btc", "regtest", Network::Mock),
    ("ethereumMainnet", "eth", "mainnet", Network::Ethereum),
    ("ethereumSepolia", "eth", "sepolia", Network::Sepolia),
    ("ethereumRopsten", "eth", "ropsten", Network::Other("Ethereum Ropsten")),
    ("ethereumRinkeby", "eth", "rinkeby", Network::Other("Ethereum Rinkeby")),
    ("ethereumGoerli", "eth", "goerli", Network::Other("Ethereum Goerli")),
    ("polygonMainnet", "mtc", "mainnet", Network::Other("Polygon")),
    ("polygonMumbai", "mtc", "mumbai", Network::Other("Polygon Mumbai")),
    ("mockchain", "mocknet", "", Network::Mock),
    ("mocknet", "mocknet", "mocknet", Network::Mock),
    ("mock", "mocknet", "mock", Network::Mock),
];

impl Network {
    /// The network that Blockcerts 2 call `name`.
    pub(crate) fn from_name(name: &str) -> Option<Network> {
        NAMES.iter().find(|row| row.0 == name).map(|row| row.3)
    }

    /// The network that a blink, without its scheme and its transaction, calls `chain` and `network`.
    pub(crate) fn from_blink(chain: &str, network: &str) -> Option<Network> {
        NAMES.iter().find(|row| row.1 == chain && row.2 == network).map(|row| row.3)
    }

    /// Whether anybody can write there for nothing: what stands there is a trial.
    pub(crate) fn is_test(self) -> bool {
        !matches!(self, Network::Bitcoin | Network::Ethereum | Network::Other("Polygon"))
    }

    /// Its name, as people write it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Network::Bitcoin => "Bitcoin",
            Network::BitcoinTestnet => "Bitcoin testnet3",
            Network::BitcoinTestnet4 => "Bitcoin testnet4",
            Network::BitcoinSignet => "Bitcoin signet",
            Network::Ethereum => "Ethereum",
            Network::Sepolia => "Ethereum Sepolia",
            Network::Other(name) => name,
            Network::Mock => "mock",
        }
    }
}

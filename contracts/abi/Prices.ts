// tmp
export const pricesAbi = [
  {"type":"function","name":"enroll","inputs":[],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"latest","inputs":[],"outputs":[{"name":"usdPerToken","type":"uint256","internalType":"uint256"},{"name":"freshUntil","type":"uint256","internalType":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"leave","inputs":[],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"post","inputs":[{"name":"observations","type":"tuple[]","internalType":"struct IPrices.Observation[]","components":[{"name":"usdPerToken","type":"uint64","internalType":"uint64"},{"name":"observedAt","type":"uint40","internalType":"uint40"},{"name":"signature","type":"bytes","internalType":"bytes"}]}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"proveEquivocation","inputs":[{"name":"reporter","type":"address","internalType":"address"},{"name":"one","type":"tuple","internalType":"struct IPrices.Observation","components":[{"name":"usdPerToken","type":"uint64","internalType":"uint64"},{"name":"observedAt","type":"uint40","internalType":"uint40"},{"name":"signature","type":"bytes","internalType":"bytes"}]},{"name":"other","type":"tuple","internalType":"struct IPrices.Observation","components":[{"name":"usdPerToken","type":"uint64","internalType":"uint64"},{"name":"observedAt","type":"uint40","internalType":"uint40"},{"name":"signature","type":"bytes","internalType":"bytes"}]}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"reporters","inputs":[],"outputs":[{"name":"","type":"address[]","internalType":"address[]"}],"stateMutability":"view"},
  {"type":"function","name":"setReporter","inputs":[{"name":"reporter","type":"address","internalType":"address"},{"name":"admitted","type":"bool","internalType":"bool"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"usdPerToken","inputs":[],"outputs":[{"name":"","type":"uint256","internalType":"uint256"}],"stateMutability":"view"},
  {"type":"event","name":"Enrolled","inputs":[{"name":"reporter","type":"address","indexed":true,"internalType":"address"}],"anonymous":false},
  {"type":"event","name":"Equivocated","inputs":[{"name":"reporter","type":"address","indexed":true,"internalType":"address"},{"name":"prover","type":"address","indexed":true,"internalType":"address"},{"name":"taken","type":"uint256","indexed":false,"internalType":"uint256"}],"anonymous":false},
  {"type":"event","name":"Left","inputs":[{"name":"reporter","type":"address","indexed":true,"internalType":"address"}],"anonymous":false},
  {"type":"event","name":"Posted","inputs":[{"name":"usdPerToken","type":"uint256","indexed":false,"internalType":"uint256"},{"name":"freshUntil","type":"uint256","indexed":false,"internalType":"uint256"},{"name":"observations","type":"uint256","indexed":false,"internalType":"uint256"}],"anonymous":false},
  {"type":"event","name":"ReporterSet","inputs":[{"name":"reporter","type":"address","indexed":true,"internalType":"address"},{"name":"admitted","type":"bool","indexed":false,"internalType":"bool"}],"anonymous":false},
] as const

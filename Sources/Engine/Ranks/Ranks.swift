import Foundation

/// The processes that make one training together: each prepares and learns from its share of every
/// batch.
///
/// All of them call the same functions in the same order. Sums are added in the order of the ranks, so
/// that the same number of ranks gives the same bits.
public final class Ranks: Sendable {
  /// The number of this process, from 0.
  public let rank: Int
  /// The number of processes.
  public let count: Int
  let transport: (any RankTransport)?

  /// One process by itself, which shares nothing.
  public static let alone = Ranks()

  private init() {
    (rank, count, transport) = (0, 1, nil)
  }

  /// The ranks that a transport connects.
  public init(over transport: any RankTransport) {
    (rank, count) = (transport.rank, transport.count)
    self.transport = transport
  }

  /// Whether this is the rank that decides, evaluates and writes.
  public var isFirst: Bool { rank == 0 }

  /// The value of rank 0; the others' are ignored.
  public func broadcast<Value: Codable>(_ value: Value?) -> Value? {
    guard transport != nil else { return value }
    let own = isFirst ? (value.flatMap { try? JSONEncoder().encode($0) } ?? Data()) : Data()
    return try? JSONDecoder().decode(Value.self, from: bytes(own, from: 0))
  }

  /// What each rank says, in order.
  func gather(_ text: String) -> [String] {
    (0..<count).map { String(decoding: bytes(Data(text.utf8), from: $0), as: UTF8.self) }
  }

  /// The bytes of rank `root`.
  private func bytes(_ own: Data, from root: Int) -> Data {
    guard let transport else { return own }
    var length = own.count
    unsafe withUnsafeMutableBytes(of: &length) { unsafe transport.broadcast($0, from: root) }
    var bytes = root == rank ? own : Data(count: length)
    unsafe bytes.withUnsafeMutableBytes { unsafe transport.broadcast($0, from: root) }
    return bytes
  }

  /// Waits for all ranks, and throws on all of them if one has something to object.
  ///
  /// - Parameter objection: the end of a sentence about this rank; nil for none.
  public func agree(_ objection: String?) throws(EngineError) {
    guard count > 1 else { return }
    let objections = gather(objection.map { "\(ProcessInfo.processInfo.hostName) \($0)" } ?? "")
    guard let rank = objections.firstIndex(where: { !$0.isEmpty }) else { return }
    let parts = objections[rank].split(separator: " ", maxSplits: 1)
    throw .disagreeingRanks(
      rank: rank, host: String(parts[0]), objection: parts.count > 1 ? String(parts[1]) : "")
  }

  /// Ends all ranks at once.
  public func abort() -> Never {
    guard let transport else { exit(EXIT_FAILURE) }
    transport.abort()
  }
}

extension Ranks {
  /// The sum over ranks of each value.
  public func sum(_ values: [Float]) -> [Float] {
    guard transport != nil, !values.isEmpty else { return values }
    let gathered = gather(values)
    return values.indices.map { index in
      (1..<count).reduce(gathered[index]) { $0 + gathered[$1 * values.count + index] }
    }
  }

  /// The values of all ranks, those of rank 0 first.
  func gather(_ values: [Float]) -> [Float] {
    guard let transport else { return values }
    let size = values.count
    var gathered = [Float](repeating: 0, count: count * size)
    for index in values.indices { gathered[rank * size + index] = values[index] }
    let parts = (0..<count).map { $0 * size..<($0 + 1) * size }
    unsafe gathered.withUnsafeMutableBufferPointer { unsafe transport.gather($0, parts: parts) }
    return gathered
  }

  /// Replaces the values of parameters by those of rank 0.
  public func share(_ parameters: [NamedParameter]) {
    for named in parameters { share(&named.parameter.value) }
  }

  /// Replaces a tensor's values by those of rank 0.
  func share(_ tensor: inout Tensor) {
    guard let transport else { return }
    tensor.makeUnique()
    unsafe transport.broadcast(
      UnsafeMutableRawBufferPointer(start: tensor.address, count: tensor.byteCount), from: 0)
  }

  /// Replaces each gradient by the sum over ranks.
  ///
  /// Each rank adds up a part of what travels, in the order of the ranks, and gives it to the others.
  func sumGradients(of parameters: [NamedParameter]) {
    guard transport != nil else { return }
    var bucket = GradientBucket(over: self)
    for named in parameters { bucket.add(named.parameter) }
    bucket.empty()
  }
}

/// Gradients that are summed over ranks: small ones together, large ones in pieces, in their place.
private struct GradientBucket {
  /// Values of a bucket and of a piece: half a MiB for each rank, so that messages are few, and what a rank
  /// adds up stays in its processor's cache.
  private let size: Int
  /// Larger gradients are not copied.
  private static let small = 1 << 14

  private let ranks: Ranks
  private let values: Tensor
  private let received: Tensor
  private var filled = 0
  private var gradients: [(parameter: Parameter, place: Int)] = []

  init(over ranks: Ranks) {
    self.ranks = ranks
    size = ranks.count << 17
    values = Tensor(uninitialized: [size])
    received = Tensor(uninitialized: [size + ranks.count * ranks.count])
  }

  /// Sums a gradient, or keeps it until the bucket is full.
  mutating func add(_ parameter: Parameter) {
    parameter.gradient.makeUnique()
    let (gradient, count) = unsafe (parameter.gradient.floats, parameter.gradient.count)
    guard count <= GradientBucket.small else {
      for start in stride(from: 0, to: count, by: size) {
        unsafe sum(gradient + start, min(size, count - start))
      }
      return
    }
    if filled + count > size { empty() }
    unsafe (values.floats + filled).update(from: gradient, count: count)
    gradients.append((parameter, filled))
    filled += count
  }

  /// Sums what the bucket holds, and returns it to the parameters.
  mutating func empty() {
    guard filled > 0 else { return }
    unsafe sum(values.floats, filled)
    for (parameter, place) in gradients {
      unsafe parameter.gradient.floats.update(
        from: values.floats + place, count: parameter.gradient.count)
    }
    (gradients, filled) = ([], 0)
  }

  private func sum(_ values: UnsafeMutablePointer<Float>, _ length: Int) {
    guard let transport = ranks.transport else { return }
    let count = ranks.count
    let parts = (0..<count).map { length * $0 / count..<length * ($0 + 1) / count }
    let own = parts[ranks.rank]
    let all = unsafe UnsafeMutableBufferPointer(start: values, count: length)
    let (target, source) = unsafe (values + own.lowerBound, received.floats)
    unsafe transport.exchange(
      UnsafeBufferPointer(all), parts: parts,
      into: UnsafeMutableBufferPointer(start: source, count: own.count * count))
    unsafe target.update(from: source, count: own.count)
    for rank in 1..<count {
      let other = unsafe source + rank * own.count
      for place in 0..<own.count { unsafe target[place] += other[place] }
    }
    unsafe transport.gather(all, parts: parts)
    withExtendedLifetime(received) {}
  }
}

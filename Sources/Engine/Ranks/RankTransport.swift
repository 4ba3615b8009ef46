/// What carries values between ranks.
///
/// All ranks call the same functions in the same order.
public protocol RankTransport: Sendable {
  /// The number of this rank, from 0.
  var rank: Int { get }
  /// The number of ranks.
  var count: Int { get }

  /// Sends the i-th part of `values` to rank i.
  ///
  /// - Parameters:
  ///   - parts: consecutive parts of `values`, one for each rank.
  ///   - received: gets this rank's part of every rank, in the order of the ranks.
  func exchange(
    _ values: UnsafeBufferPointer<Float>, parts: [Range<Int>],
    into received: UnsafeMutableBufferPointer<Float>)

  /// Completes `values`, of which each rank has its own part.
  func gather(_ values: UnsafeMutableBufferPointer<Float>, parts: [Range<Int>])

  /// Replaces bytes by those of rank `root`.
  func broadcast(_ bytes: UnsafeMutableRawBufferPointer, from root: Int)

  /// Ends all ranks.
  func abort() -> Never
}

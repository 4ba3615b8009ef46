private import CKernels

/// The door to the C kernels: tensors or pointers go in, nothing is kept.
///
/// Kernels for one element type take float32 tensors; those that say so take either.
enum Kernels {
  /// Rounds float32 to bfloat16, to the nearest, ties to even.
  static func round(
    _ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<UInt16>, count: Int
  ) {
    spread(count) { part in
      unsafe dflab_round(source + part.lowerBound, target + part.lowerBound, part.count)
    }
  }

  /// Widens bfloat16 to float32.
  static func widen(
    _ source: UnsafePointer<UInt16>, to target: UnsafeMutablePointer<Float>, count: Int
  ) {
    spread(count) { part in
      unsafe dflab_widen(source + part.lowerBound, target + part.lowerBound, part.count)
    }
  }

  /// Cuts 0 ..< count into one contiguous piece for each thread, and runs them at once.
  ///
  /// - Parameter grain: how many items are worth a thread; fewer run where they are.
  static func spread(_ count: Int, grain: Int = 1 << 14, _ body: (Range<Int>) -> Void) {
    let pieces = min(Team.threads, count / max(1, grain))
    guard pieces > 1 else { return body(0..<count) }
    Team.forEach(pieces) { piece in
      body(count * piece / pieces..<count * (piece + 1) / pieces)
    }
  }

  /// Runs `body` for blocks of `height` rows, always cut alike, and spreads them over the team.
  ///
  /// Sums that are kept per block and then added in order are the same for any thread count.
  static func spreadBlocks(
    of rows: Int, height: Int = blockHeight, _ body: (_ block: Int, _ rows: Range<Int>) -> Void
  ) {
    let blocks = blockCount(rows, height: height)
    let work = { (block: Int) in body(block, block * height..<min(rows, (block + 1) * height)) }
    guard blocks > 1 else { return (0..<blocks).forEach(work) }
    Team.forEach(blocks, work)
  }

  /// How many blocks `spreadBlocks` makes.
  static func blockCount(_ rows: Int, height: Int = blockHeight) -> Int {
    (rows + height - 1) / height
  }

  /// Rows of a block.
  static let blockHeight = 256
}

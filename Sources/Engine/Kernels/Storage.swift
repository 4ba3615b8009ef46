private import CKernels
private import Foundation
private import Synchronization

/// Pooled tensor memory: a training step in the steady state allocates nothing.
public enum TensorMemory {
  /// The number of blocks allocated from the system so far.
  public static var allocations: Int { unsafe pool.withLock { unsafe $0.allocations } }

  /// Gives blocks that no tensor uses back to the system, such as those of a model's file.
  public static func releaseUnused() {
    let unused = unsafe pool.withLock { pool in
      defer { unsafe pool.unused = [:] }
      return unsafe pool.unused
    }
    unsafe unused.values.joined().forEach { block in unsafe free(block.address) }
  }

  static func take(_ bytes: Int) -> UnsafeMutableRawPointer {
    if let block = unsafe pool.withLock({ unsafe $0.unused[bytes]?.popLast() }) {
      return unsafe block.address
    }
    unsafe pool.withLock { unsafe $0.allocations += 1 }
    guard let address = unsafe dflab_allocate(bytes) else {
      preconditionFailure("no memory for a tensor of \(bytes) bytes")
    }
    return unsafe address
  }

  static func giveBack(_ address: UnsafeMutableRawPointer, bytes: Int) {
    let block = unsafe Block(address: address)
    unsafe pool.withLock { unsafe $0.unused[bytes, default: []].append(block) }
  }

  @unsafe private struct Block: @unchecked Sendable {
    let address: UnsafeMutableRawPointer
  }

  @unsafe private struct Pool {
    var unused: [Int: [Block]] = unsafe [:]
    var allocations = 0
  }

  private static let pool = unsafe Mutex(Pool())
}

/// The memory of one tensor; returns to the pool when the last tensor that shares it is released.
@safe final class Storage {
  let address: UnsafeMutableRawPointer
  let bytes: Int

  init(bytes: Int) {
    // Sizes are rounded up so that kernels may read a whole vector past the end.
    self.bytes = (bytes + 127) / 64 * 64
    unsafe address = TensorMemory.take(self.bytes)
  }

  deinit { unsafe TensorMemory.giveBack(address, bytes: bytes) }
}

#if MPI
  private import CMPI

  /// MPI, among all processes that a launcher started together.
  struct MPITransport: RankTransport {
    let rank, count: Int

    /// Starts MPI; once in a process.
    init() {
      var (rank, count): (Int32, Int32) = (0, 1)
      unsafe cmpi_start(&rank, &count)
      (self.rank, self.count) = (Int(rank), Int(count))
    }

    func exchange(
      _ values: UnsafeBufferPointer<Float>, parts: [Range<Int>],
      into received: UnsafeMutableBufferPointer<Float>
    ) {
      let own = Int32(parts[rank].count)
      unsafe cmpi_exchange(
        values.baseAddress, parts.map { Int32($0.count) }, parts.map { Int32($0.lowerBound) },
        received.baseAddress, parts.map { _ in own }, parts.indices.map { Int32($0) * own })
    }

    func gather(_ values: UnsafeMutableBufferPointer<Float>, parts: [Range<Int>]) {
      unsafe cmpi_gather(
        values.baseAddress, parts.map { Int32($0.count) }, parts.map { Int32($0.lowerBound) })
    }

    func broadcast(_ bytes: UnsafeMutableRawBufferPointer, from root: Int) {
      // MPI counts in 32 bits.
      let piece = 1 << 28
      for start in stride(from: 0, to: bytes.count, by: piece) {
        unsafe cmpi_broadcast(
          bytes.baseAddress.map { unsafe $0 + start }, Int32(min(piece, bytes.count - start)),
          Int32(root))
      }
    }

    func abort() -> Never {
      cmpi_abort(1)
      fatalError("MPI did not end this process")
    }
  }
#endif

private import CFFTW
import Synchronization

/// The two-dimensional Fourier transform of real pictures of one size; owns FFTW's plan and memory.
///
/// It serves one thread at a time. Plans are estimated, not measured: measured plans vary from run
/// to run, and with them the last bits.
@safe final class FourierTransform: @unchecked Sendable {
  let width, height: Int
  private let samples: UnsafeMutablePointer<Float>
  private let coefficients: UnsafeMutablePointer<fftwf_complex>
  private let plan: fftwf_plan

  /// FFTW's planner is not thread-safe.
  static let planner = Mutex(())

  init(width: Int, height: Int) throws(DetectionError) {
    precondition(width > 0 && height > 0, "no picture is \(width)x\(height)")
    (self.width, self.height) = (width, height)
    let count = height * (width / 2 + 1)
    guard let samples = unsafe fftwf_alloc_real(width * height) else {
      throw .library(call: "FFTW", reason: "out of memory for \(width)×\(height) values")
    }
    guard let coefficients = unsafe fftwf_alloc_complex(count) else {
      unsafe fftwf_free(samples)
      throw .library(call: "FFTW", reason: "out of memory for \(count) coefficients")
    }
    var plan: fftwf_plan? = nil
    FourierTransform.planner.withLock { _ in
      unsafe plan = unsafe fftwf_plan_dft_r2c_2d(
        Int32(height), Int32(width), samples, coefficients, UInt32(FFTW_ESTIMATE))
    }
    guard let plan = unsafe plan else {
      unsafe fftwf_free(samples)
      unsafe fftwf_free(coefficients)
      throw .library(call: "FFTW", reason: "no plan for \(width)×\(height) values")
    }
    unsafe self.samples = samples
    unsafe self.coefficients = coefficients
    unsafe self.plan = plan
    unsafe samples.initialize(repeating: 0, count: width * height)
  }

  deinit {
    FourierTransform.planner.withLock { _ in unsafe fftwf_destroy_plan(plan) }
    unsafe fftwf_free(samples)
    unsafe fftwf_free(coefficients)
  }

  /// Transforms a picture.
  ///
  /// - Parameters:
  ///   - fill: writes every sample, row by row.
  ///   - read: receives the coefficients of columns 0 ... width / 2, row by row: real and imaginary
  ///     parts interleaved, unnormalized.
  func run<Result>(
    fill: (inout MutableSpan<Float>) -> Void, read: (Span<Float>) -> Result
  ) -> Result {
    var input = unsafe MutableSpan(_unsafeStart: samples, count: width * height)
    fill(&input)
    unsafe fftwf_execute(plan)
    let count = 2 * height * (width / 2 + 1)
    defer { withExtendedLifetime(self) {} }
    let parts = unsafe UnsafeRawPointer(coefficients).assumingMemoryBound(to: Float.self)
    return read(unsafe Span(_unsafeStart: parts, count: count))
  }
}

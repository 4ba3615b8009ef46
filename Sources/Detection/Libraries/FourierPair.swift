private import CFFTW
import Synchronization

/// The two-dimensional Fourier transform of real values of one size and its inverse; owns FFTW's
/// plans and memory.
///
/// It serves one thread at a time.
@safe final class FourierPair: @unchecked Sendable {
  let width, height: Int
  private let samples: UnsafeMutablePointer<Float>
  private let spectrum: UnsafeMutablePointer<fftwf_complex>
  private let forward, backward: fftwf_plan

  init(width: Int, height: Int) throws(DetectionError) {
    precondition(width > 0 && height > 0, "no picture is \(width)x\(height)")
    (self.width, self.height) = (width, height)
    let count = height * (width / 2 + 1)
    guard let samples = unsafe fftwf_alloc_real(width * height) else {
      throw .library(call: "FFTW", reason: "out of memory for \(width)×\(height) values")
    }
    guard let spectrum = unsafe fftwf_alloc_complex(count) else {
      unsafe fftwf_free(samples)
      throw .library(call: "FFTW", reason: "out of memory for \(count) coefficients")
    }
    var plans: (forward: fftwf_plan?, backward: fftwf_plan?) = (nil, nil)
    FourierTransform.planner.withLock { _ in
      unsafe plans.forward = unsafe fftwf_plan_dft_r2c_2d(
        Int32(height), Int32(width), samples, spectrum, UInt32(FFTW_ESTIMATE))
      unsafe plans.backward = unsafe fftwf_plan_dft_c2r_2d(
        Int32(height), Int32(width), spectrum, samples, UInt32(FFTW_ESTIMATE))
    }
    guard let forward = unsafe plans.forward, let backward = unsafe plans.backward else {
      unsafe fftwf_free(samples)
      unsafe fftwf_free(spectrum)
      throw .library(call: "FFTW", reason: "no plan for \(width)×\(height) values")
    }
    unsafe (self.samples, self.spectrum) = unsafe (samples, spectrum)
    unsafe (self.forward, self.backward) = unsafe (forward, backward)
  }

  deinit {
    FourierTransform.planner.withLock { _ in
      unsafe fftwf_destroy_plan(forward)
      unsafe fftwf_destroy_plan(backward)
    }
    unsafe fftwf_free(samples)
    unsafe fftwf_free(spectrum)
  }

  /// The unnormalized coefficients of columns 0 to width / 2, row by row: real and imaginary parts
  /// interleaved.
  func coefficients(of values: [Float]) -> [Float] {
    precondition(values.count == width * height, "\(values.count) values")
    unsafe samples.update(from: values, count: values.count)
    unsafe fftwf_execute(forward)
    let count = 2 * height * (width / 2 + 1)
    let parts = unsafe UnsafeRawPointer(spectrum).assumingMemoryBound(to: Float.self)
    return unsafe Array(UnsafeBufferPointer(start: parts, count: count))
  }

  /// The values of such coefficients, normalized: the inverse of `coefficients(of:)`.
  func values(of coefficients: [Float]) -> [Float] {
    precondition(coefficients.count == 2 * height * (width / 2 + 1), "\(coefficients.count) parts")
    let parts = unsafe UnsafeMutableRawPointer(spectrum).assumingMemoryBound(to: Float.self)
    unsafe parts.update(from: coefficients, count: coefficients.count)
    unsafe fftwf_execute(backward)
    let scale = 1 / Float(width * height)
    let values = unsafe UnsafeBufferPointer(start: samples, count: width * height)
    return unsafe values.map { $0 * scale }
  }

  /// The circular cross-correlation: at `(x, y)` the sum over all places of `first` times `second`
  /// moved by `x` columns and `y` rows.
  func correlation(of first: [Float], with second: [Float]) -> [Float] {
    var product = coefficients(of: first)
    let other = coefficients(of: second)
    for place in stride(from: 0, to: product.count, by: 2) {
      let (a, b) = (product[place], product[place + 1])
      let (c, d) = (other[place], other[place + 1])
      product[place] = a * c + b * d
      product[place + 1] = b * c - a * d
    }
    return values(of: product)
  }
}

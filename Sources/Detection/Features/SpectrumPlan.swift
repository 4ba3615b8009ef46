import Foundation
import Media
import Synchronization

/// The resources for spectra of pictures of one size: the transform, the rings and accumulators.
///
/// It serves one thread at a time, which `using` ensures.
final class SpectrumPlan: @unchecked Sendable {
  private let transform: FourierTransform
  private let rings: SpectrumRings

  private init(width: Int, height: Int) throws(DetectionError) {
    transform = try FourierTransform(width: width, height: height)
    rings = SpectrumRings(width: width, height: height)
  }

  /// The mean of 20 ln(|F| + 1e-8) over each ring, from the lowest frequency to the highest.
  func profile(of image: Image) -> [Double] {
    let (pixels, places, count) = (image.pixels, rings.places, rings.count)
    let sums = transform.run(
      fill: { samples in
        for place in 0..<samples.count {
          // OpenCV's gray: 0.299 R + 0.587 G + 0.114 B in 15 bits, rounded to integers.
          let red = Int32(pixels[3 * place]) &* 9798
          let green = Int32(pixels[3 * place + 1]) &* 19235
          let blue = Int32(pixels[3 * place + 2]) &* 3735
          samples[place] = Float((red &+ green &+ blue &+ 16384) >> 15)
        }
      },
      read: { coefficients in
        var sums = [Float](repeating: 0, count: count + 1)
        for place in 0..<coefficients.count / 2 {
          let (real, imaginary) = (coefficients[2 * place], coefficients[2 * place + 1])
          let level = log((real * real + imaginary * imaginary).squareRoot() + 1e-8)
          sums[Int(places[2 * place])] += level
          sums[Int(places[2 * place + 1])] += level
        }
        return sums
      })
    return zip(sums, rings.sizes).map { 20 * Double($0) / Double($1) }
  }
}

extension SpectrumPlan {
  /// Plans that are not in use, the latest last.
  private static let idle = Mutex<[SpectrumPlan]>([])
  /// The maximum number of cached plans, which bounds memory for pictures of many sizes.
  private static let mostIdle = 32

  /// The result of `body` with a plan that no other thread uses meanwhile.
  static func using<Result>(
    width: Int, height: Int, _ body: (SpectrumPlan) -> Result
  ) throws(DetectionError) -> Result {
    let rested = idle.withLock { plans -> SpectrumPlan? in
      let found = plans.lastIndex {
        $0.transform.width == width && $0.transform.height == height
      }
      return found.map { plans.remove(at: $0) }
    }
    let plan: SpectrumPlan
    if let rested {
      plan = rested
    } else {
      plan = try SpectrumPlan(width: width, height: height)
    }
    defer {
      idle.withLock { plans in
        plans.append(plan)
        if plans.count > mostIdle { plans.removeFirst() }
      }
    }
    return body(plan)
  }
}

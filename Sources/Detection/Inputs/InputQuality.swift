public import Faces
import Foundation
public import Media

/// Measurements of a face's picture that tell whether a detector knows pictures like it.
///
/// They were chosen on 42 frames of 14 real clips and 18 rendered pictures, each at H.264 QP 32 to 51,
/// JPEG quality 2 to 90, a third of the size, blurred, posterized and painted flat.
public struct InputQuality: Codable, Equatable, Sendable {
  /// The width of the face in pixels of the source; nil where it is not known.
  public var faceWidth: Double?
  /// Detail of 1 to 2 pixels of the crop over detail of 4 to 8, as a base 2 logarithm: about −1.5 in
  /// ordinary pictures, and below −2.4 when heavily blurred.
  public var sharpness: Double
  /// Detail of 1 pixel over detail of 2 to 4, as a base 2 logarithm: about −1.2 in ordinary pictures.
  public var grain: Double
  /// The mean local contrast over its lower quartile, as a base 2 logarithm: about 1.4 in ordinary
  /// pictures, and above 2.2 where large areas are flat.
  public var flatness: Double
  /// How much steeper the source is between blocks of 8×8 pixels than inside them, as a base 2
  /// logarithm: 0 without compression; nil where the source is not at hand.
  public var blockiness: Double?

  enum CodingKeys: String, CodingKey {
    case sharpness, grain, flatness, blockiness
    case faceWidth = "face_width"
  }

  /// - Parameters:
  ///   - frame: a face.
  ///   - source: the part of a picture that it was cut from, with a corner at multiples of 8.
  public init(of frame: FaceClip.Frame, in source: PicturePart? = nil) {
    faceWidth = frame.box?.width
    blockiness = frame.box.flatMap { box in
      guard let source else { return nil }
      var box = box
      (box.x, box.y) = (box.x - Double(source.x), box.y - Double(source.y))
      return source.image.blockiness(in: box)
    }
    let face = frame.crop.grayFace
    func detail(_ fine: Plane, _ coarse: Plane) -> Double {
      Double(fine.meanDifference(from: coarse)) + 0.02
    }
    let smooth = [1, 2, 4, 8].map { face.blurred(deviation: $0) }
    sharpness = log2(detail(smooth[0], smooth[1]) / detail(smooth[2], smooth[3]))
    grain = log2(detail(face, smooth[0]) / detail(smooth[1], smooth[2]))
    // In squares of 9×9 pixels.
    var contrast = face.localDeviation(radius: 4).values
    let mean = contrast.reduce(0) { $0 + Double($1) } / Double(contrast.count)
    flatness = log2((mean + 0.5) / (Double(contrast.ranked(contrast.count / 4)) + 0.5))
  }

  /// The median of each measurement; nil without any face.
  public init?(medianOf faces: [InputQuality]) {
    func median(_ value: (InputQuality) -> Double?) -> Double? {
      let sorted = faces.compactMap(value).sorted()
      return sorted.isEmpty ? nil : sorted[sorted.count / 2]
    }
    guard let sharpness = median(\.sharpness), let grain = median(\.grain),
      let flatness = median(\.flatness)
    else { return nil }
    (self.sharpness, self.grain, self.flatness) = (sharpness, grain, flatness)
    (faceWidth, blockiness) = (median(\.faceWidth), median(\.blockiness))
  }
}

extension Image {
  /// The luminance of the middle of a crop, where the face is, 0…255.
  fileprivate var grayFace: Plane {
    let side = Int(Double(Crop.pictureSide) * Crop.coverage)
    let margin = (Crop.pictureSide - side) / 2
    precondition(
      width == Crop.pictureSide && height == Crop.pictureSide, "a crop of \(width)×\(height)")
    let all = pixels
    let pixels = all.span
    var values = [Float](repeating: 0, count: side * side)
    for row in 0..<side {
      var at = ((margin + row) * width + margin) * 3
      for place in row * side..<(row + 1) * side {
        values[place] =
          0.299 * Float(pixels[at]) + 0.587 * Float(pixels[at + 1]) + 0.114 * Float(pixels[at + 2])
        at += 3
      }
    }
    return Plane(width: side, height: side, values: values)
  }

  /// How much steeper the picture is between blocks of 8×8 pixels than inside them, as a base 2
  /// logarithm; nil for a face of fewer than four blocks.
  fileprivate func blockiness(in box: FaceBox) -> Double? {
    let left = max(0, Int(box.x)) / 8 * 8
    let top = max(0, Int(box.y)) / 8 * 8
    let columns = (min(width, Int(box.x + box.width)) - left - 1) / 8
    let rows = (min(height, Int(box.y + box.height)) - top - 1) / 8
    guard columns >= 4, rows >= 4 else { return nil }
    let (across, down) = blockSteps(left: left, top: top, columns: columns, rows: rows)
    let count = Double(rows * columns * 8)
    func ratio(_ steps: [Int]) -> Double {
      let inside = steps.dropLast().sorted()[3]
      return Double(steps[7]) / count / (Double(inside) / count + 0.05)
    }
    return log2((ratio(across) + ratio(down)) / 2 + 0.01)
  }
}

extension [Float] {
  /// The value that sorting would move to a place (Hoare 1961), which changes the order of the others.
  fileprivate mutating func ranked(_ place: Int) -> Float {
    var (low, high) = (0, count - 1)
    while low < high {
      let pivot = self[(low + high) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while self[left] < pivot { left += 1 }
        while self[right] > pivot { right -= 1 }
        guard left <= right else { break }
        swapAt(left, right)
        left += 1
        right -= 1
      }
      if place <= right {
        high = right
      } else if place >= left {
        low = left
      } else {
        break
      }
    }
    return self[place]
  }
}

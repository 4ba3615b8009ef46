public import Engine
import Faces
import Media

/// A picture, or its face, as a generator's decoder renders it: passed through an autoencoder.
///
/// Latent diffusion, talking heads and modern face swappers render every pixel with a decoder. A
/// reconstruction leaves the decoder's texture and nothing else: no boundary where the whole
/// picture is rendered, and the same person, light and expression (Rajan and others 2025, "Aligned
/// Datasets Improve Detection of Latent Diffusion-Generated Images"). Colors and shades larger than
/// a sixteenth of the picture stay as they were, because generators render them well.
///
/// Parameters: `upsampling`, `side` (pixels of the rendered picture), `noise` (on the code), `region`
/// (`picture` for the whole one), and, of a face, `forehead`, `drawn_in`, `soft`.
public struct PictureReconstruction: ForgeryAlgorithm {
  /// The autoencoders, equally likely.
  public var upsamplings = PictureAutoencoders.Upsampling.allCases
  /// Pixels along a side of the rendered picture, equally likely; multiples of 8.
  public var sides = [128, 160, 192, 224, 256, 256, 256]
  /// The standard deviation of the noise on the code, whose values are in −1…1.
  public var noise = StrengthRange(0, 0.1)
  /// The probability that the whole picture is rendered.
  public var whole = 0.5
  /// The parts that are rendered otherwise, equally likely.
  public var regions = [FaceShape.face, .face, .inner, .lower]
  /// The probability that a face's mask ends at the brows.
  public var withoutForehead = 0.25
  /// The edge of a face's mask.
  public var edge = MaskEdge()

  /// Pictures and faces at all sizes.
  public init() { (edge.drawnIn, edge.soft) = (StrengthRange(3, 17), StrengthRange(5, 25)) }

  public func fault(at path: String) -> String? {
    if let side = sides.first(where: { !(64...1024).contains($0) || !$0.isMultiple(of: 8) }) {
      return "'\(path).sides' must be multiples of 8 from 64 to 1024, not \(side)"
    }
    for (name, isEmpty) in [
      ("sides", sides.isEmpty), ("upsamplings", upsamplings.isEmpty), ("regions", regions.isEmpty),
    ] where isEmpty { return "'\(path).\(name)' must not be empty" }
    return nil
  }

  public func forgery(
    of face: RealFace, from material: ForgeryMaterial, chance: inout RandomSource
  ) -> Forgery? {
    let isWhole = chance.happens(whole) || face.landmarks == nil
    let (kind, side) = (chance.one(of: upsamplings), chance.one(of: sides))
    let deviation = noise.drawn(from: &chance)
    let layer = rendered(
      face.image, by: material.autoencoders ?? .carried, kind, side: side, noise: deviation,
      randomness: chance.split(0))
    var parameters: [String: ParameterValue] = [
      "upsampling": .word(kind.rawValue), "side": .number(Double(side)),
      "noise": .number(deviation), "region": .word("picture"),
    ]
    guard !isWhole else {
      let all = Plane(
        width: layer.width, height: layer.height,
        values: [Float](repeating: 1, count: layer.width * layer.height))
      return Forgery(image: layer, parameters: parameters, mask: all)
    }
    let region = chance.one(of: regions)
    let hasForehead = !chance.happens(withoutForehead)
    let (mask, drawn) = edge.mask(
      of: FaceRegion(of: face, region, includesForehead: hasForehead), chance: &chance)
    parameters["region"] = .word(region.rawValue)
    parameters["forehead"] = .boolean(hasForehead)
    parameters.merge(drawn) { $1 }
    return Forgery(
      image: face.image.mixed(with: layer, by: mask), parameters: parameters, mask: mask)
  }

  /// The picture as an autoencoder renders it at a size, at its own size again.
  private func rendered(
    _ image: Image, by model: PictureAutoencoders, _ kind: PictureAutoencoders.Upsampling,
    side: Int, noise: Double, randomness: RandomSource
  ) -> Image {
    let pixels = Tensor(of: image.resized(width: side, height: side, filter: .area))
    // On one thread, so that the bits do not depend on the caller's threads.
    let made = ThreadPool.with(threads: 1) {
      model.reconstruct(pixels, by: kind) { code in
        code.noised(deviation: noise, randomness: randomness)
      }
    }
    return Crop.image(of: made, at: 0)
      .resized(width: image.width, height: image.height, filter: .lanczos)
      .withShades(of: image)
  }
}

extension Image {
  /// The picture's detail on the colors and shades of another one of its size.
  fileprivate func withShades(of other: Image) -> Image {
    func shades(_ image: Image) -> [UInt8] {
      image.resized(width: 16, height: 16, filter: .area)
        .resized(width: width, height: height, filter: .bilinear).pixels
    }
    let (own, wanted) = (shades(self), shades(other))
    var shaded = self
    for place in pixels.indices {
      shaded.pixels[place] = UInt8(
        clamping: Int(pixels[place]) + Int(wanted[place]) - Int(own[place]))
    }
    return shaded
  }
}

extension Tensor {
  /// The values plus normal noise.
  ///
  /// - Parameter share: the samples of a batch that these are, each of which gets the noise that it gets in
  ///   the whole batch; nil for a whole batch.
  func noised(
    deviation: Double, randomness: RandomSource, _ share: BatchShare? = nil
  ) -> Tensor {
    var (chance, result) = (randomness, self)
    if let share {
      for _ in 0..<share.samples.lowerBound * count / share.samples.count {
        _ = chance.normal(deviation: deviation)
      }
    }
    result.write { values in
      for index in values.indices { values[index] += Float(chance.normal(deviation: deviation)) }
    }
    return result
  }
}

public import Engine
import Faces
import Media

/// Facial reenactment: a part of the face gets another expression and a renderer's texture, as
/// Face2Face (Thies and others 2016), NeuralTextures (Thies and others 2019) and lip-sync tools
/// leave it, without any of them.
///
/// The expression is that of another frame of the same clip, or the face's own with mouth, brows
/// or eyelids moved. The texture is made coarser, smoothed, sharpened, or passed through a
/// generator's upsampling, and blended in with a soft edge; the outline of the face stays real.
///
/// Where there is a swap model of the identity, its own decoder may make the face from the code of
/// the driver: the model's other identity or, in a clip, another frame. The texture is then the
/// decoder's.
///
/// Parameters: `region`, `expression` (`frame`, `warp` or `model`), `moved` (the largest motion, in
/// pixels), `texture`, `factor`, `model`, `driver`, `color`, `drawn_in`, `soft`.
public struct FacialReenactment: ForgeryAlgorithm {
  /// A texture that rendering leaves.
  public enum Texture: String, CaseIterable, Codable, Sendable {
    /// Reduced and enlarged.
    case coarse
    /// Smoothed between edges (He, Sun & Tang 2010).
    case smooth
    /// Sharpened.
    case sharp
    /// A generator's upsampling, as in `SpectralGrid`.
    case grid
  }

  /// The regions, equally likely.
  public var regions = [FaceShape.mouth, .mouth, .lower, .inner, .face]
  /// The probability that the expression is taken from another frame of the clip, if there is one.
  public var otherFrame = 0.5
  /// The probability that a swap model makes the face, if there is one of the identity.
  public var model = 0.5
  /// The color transfers of a model's face, equally likely.
  public var colors = [ColorTransfer.mean, .lab, .linear, .histogram]
  /// The motion of an own expression, relative to the distance between the eyes' outer corners.
  public var motion = StrengthRange(0.04, 0.16)
  /// The textures, equally likely.
  public var textures = Texture.allCases
  /// The size of a coarse face.
  public var scale = StrengthRange(0.25, 0.75)
  /// How much a smooth face is smoothed: the variance below which detail is lost, in squared levels.
  public var smoothness = StrengthRange(20, 400)
  /// The amount of sharpening.
  public var sharpening = StrengthRange(0.3, 1)
  /// The maximum change of brightness and contrast, as a share.
  public var light = 0.04
  /// The mask's edge.
  public var edge = MaskEdge()

  /// Narrow edges, because mouths are small.
  public init() { (edge.drawnIn, edge.soft) = (StrengthRange(1, 7), StrengthRange(5, 21)) }

  public func fault(at path: String) -> String? {
    regions.isEmpty
      ? "'\(path).regions' must not be empty"
      : textures.isEmpty
        ? "'\(path).textures' must not be empty"
        : colors.isEmpty ? "'\(path).colors' must not be empty" : nil
  }

  public func forgery(
    of face: RealFace, from material: ForgeryMaterial, chance: inout RandomSource
  ) -> Forgery? {
    guard let landmarks = face.landmarks else { return nil }
    let region = chance.one(of: regions)
    var parameters: [String: ParameterValue] = ["region": .word(region.rawValue)]
    if !material.models.isEmpty, chance.happens(model),
      let made = decoded(face, from: material, region, parameters, chance: &chance)
    {
      return made
    }
    let layer: Image
    let frames =
      chance.happens(otherFrame) ? material.faces.filter { $0.isOtherFrame(of: face) } : []
    if !frames.isEmpty {
      let other = chance.one(of: frames)
      layer = other.picture(movedOnto: landmarks)
      parameters["expression"] = .word("frame")
    } else {
      let eyes = landmarks[45] - landmarks[36]
      let size = motion.drawn(from: &chance) * Double((eyes * eyes).sum()).squareRoot()
      layer = face.image.displaced(
        by: Expression(region: region, size: size, chance: &chance).field(of: landmarks))
      parameters["expression"] = .word("warp")
      parameters["moved"] = .number(size)
    }
    func either() -> Float { Float(light * chance.uniform(-1...1)) }
    let (contrast, brightness) = (1 + either(), either() * 255)
    let lit = layer.recolored(
      by: ColorMatrix().contrast(contrast).adding(SIMD3(repeating: brightness)))
    let texture = chance.one(of: textures)
    let (rendered, factor) = rendered(lit, texture, chance: &chance)
    parameters["texture"] = .word(texture.rawValue)
    parameters["factor"] = .number(factor)
    let (mask, drawn) = edge.mask(
      of: FaceRegion(of: face, region, includesForehead: false), chance: &chance)
    parameters.merge(drawn) { $1 }
    return Forgery(
      image: face.image.mixed(with: rendered, by: mask), parameters: parameters, mask: mask)
  }

  /// The face as a swap model makes it with a driver's expression; nil without a driver.
  private func decoded(
    _ face: RealFace, from material: ForgeryMaterial, _ region: FaceShape,
    _ parameters: [String: ParameterValue], chance: inout RandomSource
  ) -> Forgery? {
    let model = chance.one(of: material.models)
    guard let own = model.side(of: face.identity) else { return nil }
    let faces = material.faces
    let strangers = faces.indices.filter {
      faces[$0].identity == model.identity(own.other) && faces[$0].landmarks != nil
    }
    let drivers =
      strangers.isEmpty ? faces.indices.filter { faces[$0].isOtherFrame(of: face) } : strangers
    guard !drivers.isEmpty else { return nil }
    let driver = chance.one(of: drivers)
    var made = ModelFace(of: faces[driver].image, onto: face.image, by: model, to: own)
    let (mask, drawn) = edge.mask(
      of: FaceRegion(of: face, region, includesForehead: false), chance: &chance)
    let (color, shown) = (chance.one(of: colors), mask.fadedOutsideCrop)
    made.fit(FaceFinish(color: color, blend: .feather, sharpening: 0), mask: shown)
    return Forgery(
      image: face.image.mixed(with: made.layer, by: shown),
      parameters: parameters.merging(drawn) { $1 }.merging([
        "expression": .word("model"), "model": .word(model.name),
        "driver": .word(faces[driver].identity), "color": .word(color.rawValue),
      ]) { $1 }, donor: driver, mask: shown)
  }

  /// The picture with a texture, and how strong it is.
  private func rendered(
    _ image: Image, _ texture: Texture, chance: inout RandomSource
  ) -> (Image, Double) {
    switch texture {
    case .coarse:
      let size = scale.drawn(from: &chance)
      let side = max(8, Int((Double(image.width) * size).rounded()))
      let small = chance.one(of: [ResizeFilter.area, .bilinear])
      let large = chance.one(of: [ResizeFilter.bilinear, .lanczos])
      let coarse = image.resized(width: side, height: side, filter: small)
        .resized(width: image.width, height: image.height, filter: large)
      return (coarse, size)
    case .smooth:
      let variance = smoothness.drawn(from: &chance)
      return (image.smoothedBetweenEdges(deviation: 2.5, variance: variance), variance)
    case .sharp:
      let amount = sharpening.drawn(from: &chance)
      return (image.sharpened(amount: amount), amount)
    case .grid:
      let kind = chance.one(of: [SpectralGrid.Kind.nearest, .zeros, .transposed])
      let kept = chance.uniform(0.2...0.8)
      let pattern = GridPattern(
        kind, factor: 2, strength: chance.uniform(0.02...0.1), chance: &chance)
      return (pattern.applied(to: image, detail: Float(kept)), kept)
    }
  }
}

extension Image {
  /// Smoothed where it varies little, kept where it has edges: the guided filter with each channel
  /// as its own guide (He, Sun & Tang 2010), with Gaussian windows.
  ///
  /// - Parameters:
  ///   - deviation: the standard deviation of the windows, in pixels.
  ///   - variance: the variance in a window at which half of the detail is kept, in squared levels.
  fileprivate func smoothedBetweenEdges(deviation: Double, variance: Double) -> Image {
    let taps = BlurTaps(deviation: deviation)
    return overPlanes { plane in
      let mean = plane.blurred(by: taps)
      let square = plane.map { $0 * $0 }.blurred(by: taps)
      let kept = zip(square.values, mean.values).map { square, mean in
        let own = max(0, square - mean * mean)
        return own / (own + Float(variance))
      }
      let gain = Plane(width: plane.width, height: plane.height, values: kept).blurred(by: taps)
      let offset = Plane(
        width: plane.width, height: plane.height,
        values: zip(kept, mean.values).map { (1 - $0) * $1 }
      ).blurred(by: taps)
      return Plane(
        width: plane.width, height: plane.height,
        values: plane.values.indices.map {
          gain.values[$0] * plane.values[$0] + offset.values[$0]
        })
    }
  }
}

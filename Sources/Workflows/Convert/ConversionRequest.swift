public import Generation
public import Media
public import Records

/// A request for a conversion.
public struct ConversionRequest: RunRequest {
  /// The name of a run, or a file of weights.
  public var model = ""
  /// A video (a file or a URL), a picture, or a folder of pictures.
  public var input = ""
  /// The side whose face is inserted.
  public var side = Side.a
  /// The output: a video, a picture, or a folder.
  public var output = ""
  /// The faces to swap.
  public var face = FaceChoice.largest
  /// A picture of the only face to swap; nil for `face`.
  public var reference: String?
  /// The blending of faces.
  public var insertion = FaceInsertion()
  /// The mask of faces; nil for the learned mask of a model that has one, or the hull.
  public var mask: MaskShape?
  /// The compression settings.
  public var encoding = VideoEncoding()
  /// The workspace folder; nil for the nearest one upwards from the current folder.
  public var workspace: String?

  /// Without an input.
  public init() {}

  /// A conversion with default settings.
  public init(model: String, input: String, side: Side, output: String) {
    (self.model, self.input, self.output) = (model, input, output)
    self.side = side
  }

  /// The request with a definite mask.
  ///
  /// - Parameter weights: the file of the model's weights.
  func masked(by weights: String) throws -> ConversionRequest {
    let hasMask = try SwapTrainer.settings(of: weights).mask != nil
    guard hasMask || mask != .learned else { throw WorkflowError.noMask(model: model) }
    var request = self
    request.insertion.mask = mask ?? (hasMask ? .learned : insertion.mask)
    request.mask = request.insertion.mask
    return request
  }

  /// True if the model is given by the name of its run.
  var namesRun: Bool { !ConversionRequest.isPath(model) }

  /// True for a model that is given as a file.
  private static func isPath(_ model: String) -> Bool {
    model.contains("/") || model.hasSuffix(".safetensors")
  }

  /// The file of the model's weights.
  func weights() throws -> String {
    guard namesRun else { return model }
    return try PretrainedModel(model, in: Workspace(named: workspace)).path
  }
}

extension ConversionRequest {
  public static let command = "convert"
  public static let outputOption = "out"

  public static let options: [RequestOption<ConversionRequest>] = [
    RequestOption(
      "model", \.model, "Swap run, or a file of weights", kind: .file(), isRequired: true
    ).path(where: isPath),
    RequestOption(
      "input", \.input, "Video (file or URL), picture, or folder of pictures", kind: .file(),
      isRequired: true),
    RequestOption("to", \.side, "Identity that is swapped in", isRequired: true),
    RequestOption(
      "out", \.output, "Output: .mp4, .mov or .mkv file, picture, or folder", kind: .file(),
      isRequired: true),
    RequestOption(
      "face", \.face, "Faces to swap: largest, all, or N for the Nth identity to appear"),
    RequestOption(
      "reference", \.reference, "Picture of the face to swap; other faces are left unchanged",
      kind: .file()),
    RequestOption(
      "mask", \.mask,
      """
      Mask: hull (of the landmarks), ellipse, none (whole crop), or learned (default: learned if \
      the model has a learned mask, else hull)
      """),
    RequestOption("color-transfer", \.insertion.colorTransfer, "Color transfer method"),
    RequestOption("blend", \.insertion.blend, "Blending method"),
    RequestOption(
      "sharpen", \.insertion.sharpening,
      "Sharpening of the swapped faces, 0 to 2 (default: matched to the picture)", .within(0...2)),
    RequestOption("codec", \.encoding.codec, "Video codec"),
    RequestOption(
      "quality", \.encoding.quality, "Constant rate factor, 0 (best) to 51", .within(0...51)),
    RequestOption(
      "lossless", \.encoding.isLossless,
      "Encode losslessly; pixels outside the faces keep their decoded values"),
    .workspace(\.workspace),
  ]
}

public import Generation
public import Media
import Records

/// What the user asks of a conversion.
public struct ConversionRequest: Equatable, Sendable {
  /// The name of a run, or a file of weights.
  public var model: String
  /// A video (a file or a URL), a picture, or a folder of pictures.
  public var input: String
  /// Whose face comes out.
  public var side: Side
  /// Where the result goes: a video, a picture, or a folder.
  public var output: String
  /// Which faces are swapped.
  public var face = FaceChoice.largest
  /// A picture of the face that is swapped alone; nil for `face`.
  public var reference: String?
  /// How faces are put in.
  public var insertion = FaceInsertion()
  /// Where faces show; nil for the learned mask of a model that has one, or the hull.
  public var mask: MaskShape?
  /// How frames are compressed.
  public var encoding = VideoEncoding()
  /// A folder to take as the workspace; nil to look for it from the current one upwards.
  public var workspace: String?

  /// A conversion with the usual settings.
  public init(model: String, input: String, side: Side, output: String) {
    (self.model, self.input, self.output) = (model, input, output)
    self.side = side
  }

  /// The same with the mask settled.
  ///
  /// - Parameter weights: the file of the model's weights.
  func masked(by weights: String) throws -> ConversionRequest {
    let hasMask = try SwapTrainer.settings(of: weights).mask != nil
    guard hasMask || mask != .learned else { throw WorkflowError.noMask(model: model) }
    var request = self
    request.insertion.mask = mask ?? (hasMask ? .learned : insertion.mask)
    return request
  }

  /// True when the model is called by the name of its run.
  var namesRun: Bool { !model.contains("/") && !model.hasSuffix(".safetensors") }

  /// The file of the model's weights.
  func weights() throws -> String {
    guard namesRun else { return model }
    let root: Workspace
    if let workspace {
      root = try Workspace(at: workspace)
    } else {
      root = try Workspace(above: ".")
    }
    return try PretrainedModel(model, in: root).path
  }
}

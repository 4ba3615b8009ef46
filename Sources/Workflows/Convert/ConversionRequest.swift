public import Generation
public import Media
import Records

/// A request for a conversion.
public struct ConversionRequest: Equatable, Sendable {
  /// The name of a run, or a file of weights.
  public var model: String
  /// A video (a file or a URL), a picture, or a folder of pictures.
  public var input: String
  /// The side whose face is inserted.
  public var side: Side
  /// The output: a video, a picture, or a folder.
  public var output: String
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
    return request
  }

  /// True if the model is given by the name of its run.
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

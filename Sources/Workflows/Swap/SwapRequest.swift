public import Engine
import Faces
public import Generation
public import Records

/// A request for a swap run; nil means the run's own value, or the default of a new one.
public struct SwapRequest: RunRequest {
  /// The folders of the two people's pictures; nil, with a pretrained model, for the first two people of
  /// the recipe of its name.
  public var a, b: String?
  /// Whether all pictures are aligned crops, or all are photographs; if neither, folders without a
  /// manifest are looked at.
  public var takesCrops = false, takesPhotographs = false
  /// The run's name; nil for one derived from folders and model.
  public var name: String?
  /// The workspace folder; nil for the nearest one upwards from the current folder.
  public var workspace: String?
  /// A model of the workspace to use without training; nil to train.
  public var pretrained: String?
  /// The limits of training, over all sessions.
  public var minutes: Double?
  public var iterations: Int?

  // Settings that a run keeps from its first session on.

  /// The effort, which decides on size, losses and limits that the request leaves open.
  public var effort: SwapEffort?
  /// The model to train.
  public var architecture: SwapArchitecture?
  /// The side of its faces, in pixels.
  public var size: Int?
  /// Faces of each side in a step.
  public var batch: Int?
  /// The random seed.
  public var seed: UInt64?
  /// The precision of activations and products; nil for `Precision.fastest`.
  public var precision: Precision?
  /// Adam's learning rate.
  public var learningRate: Float?
  /// The criterion for the best weights and for early stopping.
  public var selection: ModelSelection?
  /// The held-out share of each folder, 0…1.
  public var holdout: Double?
  /// Loss, discriminators and augmentation.
  public var lossOptions = SwapLossOptions()

  /// The mask of the swapped faces; `learned` is trained from the first session on, the others may
  /// change between sessions.
  public var mask: MaskShape?
  /// Options that may change between sessions.
  public var sessionOptions = SwapSessionOptions()

  /// Without folders.
  public init() {}

  /// A run of the default model on two folders, until the plateau.
  public init(a: String, b: String) { (self.a, self.b) = (a, b) }

  /// The training budget.
  public var budget: SwapBudget {
    get { SwapBudget(iterations: iterations, seconds: minutes.map { $0 * 60 }) }
    set { (iterations, minutes) = (newValue.iterations, newValue.seconds.map { $0 / 60 }) }
  }

  /// The request with definite folders.
  func located(in workspace: Workspace) throws(WorkflowError) -> SwapRequest {
    guard a == nil, b == nil, let pretrained else { return self }
    var request = self
    let folder = workspace.datasets(of: pretrained)
    (request.a, request.b) = ("\(folder)/p001", "\(folder)/p002")
    guard Workspace.isFolder("\(folder)/p001"), Workspace.isFolder("\(folder)/p002") else {
      throw .notRendered(name: pretrained)
    }
    return request
  }

  /// The run's name.
  var runName: RunName {
    get throws {
      if let name { return try RunName(name) }
      let usual = try RunName(a: a ?? "", b: b ?? "", architecture: architecture ?? .fast)
      return try pretrained.map { name in try RunName("\(usual)-\(name)") }
        ?? usual
    }
  }
}

public import Engine
public import Generation
import Records

/// A request for a swap run; nil means the run's own value, or the default of a new one.
public struct SwapRequest: Equatable, Sendable {
  /// The folders of the two people's faces.
  public var a, b: String
  /// The run's name; nil for one derived from folders and model.
  public var name: String?
  /// The workspace folder; nil for the nearest one upwards from the current folder.
  public var workspace: String?
  /// A model of the workspace to use without training; nil to train.
  public var pretrained: String?
  /// The training budget, over all sessions.
  public var budget = SwapBudget()
  // Settings that a run keeps from its first session on.
  /// The model to train.
  public var architecture: SwapArchitecture?
  /// Faces of each side in a step.
  public var batch: Int?
  /// The random seed.
  public var seed: UInt64?
  /// The storage format of activations.
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

  /// A run of the default model on two folders, until the plateau.
  public init(a: String, b: String) {
    (self.a, self.b) = (a, b)
  }

  /// A finished model of a recipe's first two people on their own pictures, below `Datasets/NAME`.
  public init(pretrained name: String, workspace: String?) throws {
    let place: Workspace
    if let workspace {
      place = try Workspace(at: workspace)
    } else {
      place = try Workspace(above: ".")
    }
    let folder = place.datasets(of: name)
    self.init(a: "\(folder)/p001", b: "\(folder)/p002")
    self.workspace = workspace
    pretrained = name
    guard Workspace.isFolder(a), Workspace.isFolder(b) else {
      throw WorkflowError.notRendered(name: name)
    }
  }

  /// The run's name.
  var runName: RunName {
    get throws {
      if let name { return try RunName(name) }
      let usual = try RunName(a: a, b: b, architecture: architecture ?? .fast)
      return try pretrained.map { name in try RunName("\(usual)-\(name)") }
        ?? usual
    }
  }
}

public import Engine
public import Generation
import Records

/// What the user asks of a swap training; what is nil is the run's own, or the default of a new one.
public struct SwapRequest: Equatable, Sendable {
  /// The folders of the two people's faces.
  public var a, b: String
  /// What to call the run; nil for a name that follows from folders and model.
  public var name: String?
  /// A folder to take as the workspace; nil to look for it from the current one upwards.
  public var workspace: String?
  /// A model of the workspace whose weights are used as they are; nil to train.
  public var pretrained: String?
  /// How long to train, over all sessions.
  public var budget = SwapBudget()
  // Settings that a run keeps from its first session on.
  /// Which model to train.
  public var architecture: SwapArchitecture?
  /// Faces of each side in a step.
  public var batch: Int?
  /// What all chance follows from.
  public var seed: UInt64?
  /// How activations are stored.
  public var precision: Precision?
  /// The step size of Adam.
  public var learningRate: Float?
  /// What the best weights and the end of an open training are judged by.
  public var selection: ModelSelection?
  /// The share of each folder that is never trained on, 0…1.
  public var holdout: Double?
  /// The loss, the discriminators and the disturbance of faces.
  public var lossOptions = SwapLossOptions()
  /// Where the swapped faces show; `learned` is learned from the first session on, the others may
  /// change between sessions.
  public var mask: MaskShape?

  /// What may change between sessions.
  public var sessionOptions = SwapSessionOptions()

  /// A run of the default model on two folders, until the score stops rising.
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

  /// What the run is called.
  var runName: RunName {
    get throws {
      if let name { return try RunName(name) }
      let usual = try RunName(a: a, b: b, architecture: architecture ?? .fast)
      return try pretrained.map { name in try RunName("\(usual)-\(name)") }
        ?? usual
    }
  }
}

import Faces
import Records

/// Where the steps of a duel leave what later steps need.
struct StepOutputs {
  let duel: String
  let recipe: DuelRecipe
  let workspace: Workspace

  /// Throws if an output of a completed step is missing.
  func check(_ steps: [DuelStep], done: Set<String>) throws {
    let earlier = steps.filter { done.contains($0.key) }
    guard earlier.count < steps.count else { return }
    for step in earlier {
      guard let path = path(of: step), !FileKind.isThere(path) else { continue }
      throw WorkflowError.missingStep(duel: duel, step: step.title, path: path)
    }
  }

  /// The file that a step ends with; nil for one whose result is in the duel's own state.
  private func path(of step: DuelStep) -> String? {
    let names = DuelNames(duel: duel, repetition: step.repetition)
    func model(_ name: String) -> String { RunFolder(name: name, in: workspace).best }
    func set(_ name: String) -> String {
      "\(workspace.datasets(of: name))/\(LabeledDataset.manifestName)"
    }
    return switch step.task {
    case .generator(let generator, let pair): model(names.model(generator, pair))
    case .part(let generator, let split): set(names.part(generator, split))
    case .joined(let detector): set(names.set(detector))
    case .detector(let detector): model(names.model(detector, recipe))
    case .test: nil
    }
  }
}

import ArgumentParser

/// The command.
@main
struct DFLab: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dflab", abstract: "A laboratory for face-swap deepfakes and their detection.")
}

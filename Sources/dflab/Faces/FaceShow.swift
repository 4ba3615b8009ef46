import ArgumentParser

/// `dflab faces show`.
struct FaceShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Draw a contact sheet of a face set, and print its figures.",
    discussion: """
      The sheet shows faces evenly spread over the set, in name order.

      EXAMPLES
        dflab faces show Datasets/alice
        dflab faces show Datasets/alice --sheet alice.png --count 128
      """)

  @OptionGroup var survey: FaceSetOptions

  func run() throws { try survey.show() }
}

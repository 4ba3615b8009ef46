import ArgumentParser
import Workflows

/// `dflab faces sort`.
struct FaceSort: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sort",
    abstract: "List the faces of a set by a figure, the best first.",
    discussion: """
      Prints every picture's name with its figure, and draws a sheet in that order, so that what \
      does not belong is seen at the end. The set itself is left as it is.

      EXAMPLES
        dflab faces sort Datasets/alice --by blur
        dflab faces sort Datasets/alice --by similarity --sheet outliers.png

      ORDERS
        blur        the sharpest first
        yaw, pitch  turned farthest to the viewer's right, or up, first
        brightness  the brightest first
        similarity  most like the set's mean face first
      """)

  @Option(help: "The figure: blur, yaw, pitch, brightness or similarity.")
  var by: SurveyKey

  @OptionGroup var survey: FaceSetOptions

  func run() throws { try survey.show(by: by) }
}

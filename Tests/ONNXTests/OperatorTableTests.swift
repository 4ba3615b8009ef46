import Foundation
import Testing

@testable import ONNX

struct OperatorTableTests {
  @Test func theGuideListsEveryOperator() throws {
    let guide = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources/ONNX/OPERATORS.md"), encoding: .utf8)
    for (title, operators) in OperatorTable.families {
      let names = operators.map(\.name).sorted().map { "`\($0)`" }.joined(separator: ", ")
      #expect(guide.contains("| \(title) | \(names) |"))
    }
    let derivatives = GradientRules.named.keys.sorted().map { "`\($0)`" }.joined(separator: ", ")
    #expect(guide.contains("of what is not constant: \(derivatives). `Pow`"))
    #expect(GradientRules.named.keys.allSatisfy { OperatorTable.named[$0] != nil })
  }

  @Test func noOperatorOccursTwice() {
    let names = OperatorTable.families.flatMap { $0.operators.map(\.name) }
    #expect(Set(names).count == names.count)
  }
}

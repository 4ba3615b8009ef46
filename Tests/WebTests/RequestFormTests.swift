import Foundation
import Records
import TestSupport
import Testing

@testable import Web

struct RequestFormTests {
  @Test func aFormHasAFieldWithHelpForEveryOption() async throws {
    let lab = try await TestLab()
    for kind in RequestKind.all {
      let page = try await lab.ask("GET", "/new/\(kind.name)").text
      for option in kind.options {
        #expect(page.contains("name=\"\(option.name)\""), "\(kind.name) --\(option.name)")
        let words = "<b>--\(option.name)</b> \(HTML.escaped(option.help))"
        #expect(page.contains(words), "\(kind.name) --\(option.name)")
      }
      #expect(!page.contains("name=\"workspace\""))
    }
    #expect(RequestKind.all.map(\.name).contains("detect-retrain"))
    #expect(try await lab.ask("GET", "/new/none").status == .notFound)
  }

  @Test func presetsAreFilledIn() async throws {
    let lab = try await TestLab()
    for kind in RequestKind.all {
      let form = try await lab.ask("GET", "/new/\(kind.name)").text
      for preset in kind.presets {
        let words = preset.words.map { (name: $0.key, value: $0.value) }
        let link = Link.to("/new/\(kind.name)", words)
        #expect(form.contains("<a href=\"\(HTML.escaped(link))\">\(preset.title)</a>"))
        let filled = try await lab.ask("GET", link).text
        for (name, value) in words {
          let field = try Regex("name=\"\(name)\"[^>]*value=\"\(value)\"")
          #expect(
            filled.contains(field) || filled.contains("value=\"\(value)\" selected")
              || filled.contains(">\(value)</textarea>"), "\(kind.name): \(name)")
        }
        let others = kind.name == "swap" ? "&a=Datasets/x&b=Datasets/y" : ""
        let body = String(link.drop { $0 != "?" }.dropFirst()) + others + "&show=true"
        let reply = try await lab.ask("POST", "/new/\(kind.name)", body: Data(body.utf8))
        #expect(reply.status == .ok, "\(kind.name): \(preset.title)")
      }
    }
  }

  @Test func aFilledFormIsTheCommand() async throws {
    let lab = try await TestLab()
    let form =
      "a=Datasets%2Fx&b=Datasets%2Fy&effort=&iterations=20&tensorboard=true&sharpen=0.5&show=true"
    let page = try await lab.ask("POST", "/new/swap", body: Data(form.utf8))
    #expect(page.status == .ok)
    let command =
      "dflab swap --a Datasets/x --b Datasets/y --iterations 20 --sharpen 0.5 --tensorboard"
    #expect(page.text.contains("<pre><code>\(command)</code></pre>"))
    #expect(page.text.contains("value=\"Datasets/x\""))
    #expect(page.text.contains("name=\"tensorboard\" value=\"true\" checked"))
    let reply = try await lab.ask(
      "POST", "/new/augment", body: Data("models=m1%0D%0Am2&no=1&count=50".utf8))
    #expect(reply.header("Location") == "/jobs/1")
    #expect(
      try await lab.lab.queue.job(1).arguments == [
        "augment", "--models", "m1", "m2", "--count", "50",
      ])
  }

  @Test func aWrongFormSaysWhyAndKeepsWhatWasFilledIn() async throws {
    let lab = try await TestLab()
    for (form, fault) in [
      ("a=Datasets/x", "Give two folders of pictures, --a and --b."),
      ("a=Datasets/x&b=Datasets/y&batch=0", "--batch must be between 1 and 1024, not 0."),
      ("a=/etc&b=Datasets/y", "&#39;/etc&#39; is not in the workspace."),
    ] {
      let reply = try await lab.ask("POST", "/new/swap", body: Data(form.utf8))
      #expect(reply.status == .unprocessableContent)
      #expect(reply.text.contains(fault), "\(form)")
    }
    #expect(await lab.lab.queue.all.isEmpty)
    let missing = try await lab.ask("POST", "/new/convert", body: Data("model=x".utf8))
    #expect(missing.text.contains("&#39;input&#39; is required."))
  }

  @Test func realPeopleNeedConsent() async throws {
    let lab = try await TestLab()
    for name in ["a", "b"] {
      try FileManager.default.createDirectory(
        atPath: lab.workspace.datasets(of: name), withIntermediateDirectories: true)
    }
    let fields = ["a": "Datasets/a", "b": "Datasets/b", "effort": "quick"]
    let refused = try await lab.send("/generate", files: [], fields: fields)
    #expect(refused.status == .unprocessableContent)
    #expect(refused.text.contains("confirm that you may use them"))
    let taken = try await lab.send(
      "/generate", files: [], fields: fields.merging(["consent": "true"]) { $1 })
    #expect(taken.header("Location") == "/jobs/1")
    #expect(
      try await lab.lab.queue.job(1).shown
        == "dflab swap --a Datasets/a --b Datasets/b --name a-b --effort quick")
  }
}

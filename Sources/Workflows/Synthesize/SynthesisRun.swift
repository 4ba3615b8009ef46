import Engine
public import Faces
import Foundation
import Media
public import Records
public import Synthesis

/// The rendering of synthetic people into a folder, resumable picture by picture.
public struct SynthesisRun {
  let recipe: SynthesisRecipe
  let folder: SynthesisFolder
  let interruption: Interruption
  let report: (SynthesisEvent) -> Void
  let render: Render

  private let session: RunSession

  /// Renders a scene as a picture of the given side.
  public typealias Render = @Sendable (Scene, Int) -> Portrait

  /// Renders as requested, or resumes an earlier session.
  ///
  /// - Parameters:
  ///   - interruption: requests the session to stop.
  ///   - report: receives events, on the calling thread.
  ///   - render: the renderer.
  public static func make(
    _ request: SynthesisRequest, interruption: Interruption = Interruption(),
    report: @escaping (SynthesisEvent) -> Void = { _ in },
    render: @escaping Render = { $0.rendered(side: $1, isClean: false) }
  ) throws -> SynthesisOutcome {
    let run = try SynthesisRun(request, interruption, render, report)
    return try run.session.perform { try run.work() }
  }

  private init(
    _ request: SynthesisRequest, _ interruption: Interruption, _ render: @escaping Render,
    _ report: @escaping (SynthesisEvent) -> Void
  ) throws {
    (self.interruption, self.render, self.report) = (interruption, render, report)
    let workspace = try SynthesisRun.workspace(of: request)
    recipe = try request.resolved(in: workspace)
    folder = SynthesisFolder(path: try request.folder(in: workspace))
    if recipe.pictures > SynthesisRecipe.mostPictures {
      try SynthesisDiskSpace(recipe.pictures, of: recipe).check(recipe, in: "/")
    }
    if !request.isForced { try folder.check(recipe) }
    let path = folder.path
    session = try RunSession(in: path, interruption)
    if request.isForced { try folder.clear(recipe) }
    let place = Workspace.of(path, named: request.workspace)
    session.record(
      try SynthesisRequest(recipe, out: path),
      at: place.map { RunDirectory.of(path, by: "synthesize", in: $0) } ?? path, in: place,
      settings: recipe, seed: recipe.seed, places: [path],
      startsOver: request.isForced)
  }

  /// The workspace, if one is needed or can be found.
  private static func workspace(of request: SynthesisRequest) throws -> Workspace? {
    if let path = request.workspace { return try Workspace(at: path) }
    return try? Workspace(above: ".")
  }

  /// Renders the missing pictures.
  private func work() throws -> SynthesisOutcome {
    let people = (0..<recipe.people).map { SynthesisPerson($0, of: recipe, in: folder) }
    let missing = try people.map { try $0.missing() }
    var done = recipe.pictures - missing.reduce(0) { $0 + $1.count }
    try SynthesisDiskSpace(recipe.pictures - done, of: recipe).check(recipe, in: folder.path)
    try folder.write(recipe)
    report(.started(folder: folder.path, done: done, of: recipe.pictures))
    for (person, numbers) in zip(people, missing) where !numbers.isEmpty {
      let writer = try person.begin()
      // The number of pictures that Ctrl-C should wait for: about a second of work.
      for first in stride(from: 0, to: numbers.count, by: 24) {
        if interruption.isAsked { return outcome(done, sheet: nil) }
        let part = Array(numbers[first..<min(first + 24, numbers.count)])
        try writer.append(try person.render(part, by: render))
        done += part.count
        report(.rendered(done, of: recipe.pictures))
      }
    }
    if recipe.isSequence {
      for person in people {
        let clip = SynthesisClip(person, of: recipe)
        guard try clip.write(to: folder, recipe: recipe, interruption, report) else {
          return outcome(done, sheet: nil)
        }
      }
    }
    try draw()
    let page = try RunReport(in: folder.path)
    return outcome(done, sheet: folder.sheet, page: page.html)
  }

  /// Draws some pictures of each of the first people.
  private func draw() throws {
    let columns = min(recipe.count, 8)
    let rows = try (0..<min(recipe.people, 16)).map { person in
      let names = (0..<columns).map { recipe.picture($0 * recipe.count / columns) }
      return ContactSheet.Row(
        SynthesisFolder.name(of: person),
        try names.map { try Image(reading: "\(folder.person(person))/\($0)") })
    }
    let sheet = ContactSheet(
      title: "\(recipe.people) synthetic identities, seed \(recipe.seed)", rows: rows, cellSize: 128
    )
    let bytes = try sheet.drawn().encoded(as: .png, mark: .rendered(at: folder.sheet))
    try WholeFile.write(bytes, to: folder.sheet)
  }

  private func outcome(_ done: Int, sheet: String?, page: String? = nil) -> SynthesisOutcome {
    SynthesisOutcome(
      folder: folder.path, people: (0..<recipe.people).map(folder.person), rendered: done,
      pictures: recipe.pictures,
      videos: recipe.video && sheet != nil ? (0..<recipe.people).map(folder.video) : [],
      sheet: sheet, report: page)
  }
}

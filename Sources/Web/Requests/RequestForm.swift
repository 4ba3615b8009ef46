import Records

/// The form of a kind of request: a field with its help for each option.
struct RequestForm {
  let kind: RequestKind
  /// What is filled in.
  let values: WebForm
  /// Names to choose from: face sets, datasets and models of the workspace.
  let names: Names

  /// What a workspace offers as values of options.
  struct Names: Sendable {
    let faceSets, datasets, swapModels, detectors: [String]
  }

  var fields: HTML {
    let plain = kind.options.filter { $0.section == nil }
    let sections = kind.options.compactMap(\.section).reduce(into: [String]()) { all, section in
      if !all.contains(section) { all.append(section) }
    }
    let needed = plain.filter { $0.isRequired || RequestForm.main.contains($0.name) }
    let others = plain.filter { option in !needed.contains { $0.name == option.name } }
    // The only section of a mode of a command is no heading of its own.
    let groups =
      [("More options", others)]
      + sections.map { section in (section, kind.options.filter { $0.section == section }) }
    return """
      <div class="fields">\(needed.map(field))</div>
      \(groups.filter { !$0.1.isEmpty }.map { title, options -> HTML in
        let open: HTML = needed.isEmpty || options.contains { !values.all($0.name).isEmpty } ? " open" : ""
        return "<details\(open)><summary>\(title)</summary><div class=\"fields\">\(options.map(field))</div></details>"
      })
      \(lists)
      """
  }

  /// Options that stand first, without being required.
  private static let main: Set<String> = [
    "a", "b", "effort", "name", "recipe", "data", "detectors", "minutes", "faces", "models",
    "count",
    "rounds", "people", "clips",
  ]

  private func field(_ option: OptionDescription) -> HTML {
    let id = "option-\(option.name)"
    let required: HTML = option.isRequired ? " required" : ""
    let given = values.all(option.name)
    let label: HTML =
      "<label for=\"\(id)\"><b>--\(option.name)</b> \(option.help)\(RequestForm.usual(of: option))</label>"
    switch option.kind {
    case .truth where option.form == .flag:
      let checked: HTML = given.isEmpty ? .none : " checked"
      return """
        <p class="check"><input type="checkbox" id="\(id)" name="\(option.name)" value="true"\(checked)>\(label)</p>
        """
    case .truth:
      return
        "<div class=\"field\">\(label)\(choice(option, id, [("true", "yes"), ("false", "no")], given.last))</div>"
    case .oneOf(let words):
      return
        "<div class=\"field\">\(label)\(choice(option, id, words.map { ($0, $0) }, given.last))</div>"
    case .whole(let least, let greatest), .number(let least, let greatest):
      let step: HTML = if case .whole = option.kind { "1" } else { "any" }
      let low: HTML? = least.map { " min=\"\(RequestForm.text($0))\"" }
      let high: HTML? = greatest.map { " max=\"\(RequestForm.text($0))\"" }
      return """
        <div class="field">\(label)<input type="number" id="\(id)" name="\(option.name)" step="\(step)"\(low)\(high) value="\(given.last ?? "")"\(required)></div>
        """
    case .text, .file, .folder:
      switch option.form {
      case .list, .repeated, .arguments:
        let list: HTML? = list(of: option).map { " data-list=\"\($0)\"" }
        return """
          <div class="field wide-field">\(label)<textarea id="\(id)" name="\(option.name)" rows="3" spellcheck="false" aria-describedby="\(id)-how"\(list)\(required)>\(given.joined(separator: "\n"))</textarea>
          <small id="\(id)-how" class="faint">one in a line</small></div>
          """
      case .single, .flag, .choice, .commas, .argument:
        let list: HTML? = list(of: option).map { " list=\"\($0)\"" }
        return """
          <div class="field">\(label)<input type="text" id="\(id)" name="\(option.name)" value="\(given.last ?? "")" spellcheck="false"\(list)\(required)></div>
          """
      }
    }
  }

  private func choice(
    _ option: OptionDescription, _ id: String, _ words: [(String, String)], _ given: String?
  ) -> HTML {
    let options = words.map { word, text -> HTML in
      let selected: HTML = word == given ? " selected" : ""
      return "<option value=\"\(word)\"\(selected)>\(text)</option>"
    }
    return """
      <select id="\(id)" name="\(option.name)"><option value="">default</option>\(options)</select>
      """
  }

  /// The default; help texts of other options state theirs.
  private static func usual(of option: OptionDescription) -> String {
    guard let usual = option.usual.first, !usual.isEmpty, option.form != .flag else { return "" }
    let text =
      option.kind == .truth
      ? (usual == "true" ? "yes" : "no") : option.usual.joined(separator: ", ")
    return " (default: \(text))"
  }

  private static func text(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
  }

  /// The list that a text's values come from.
  private func list(of option: OptionDescription) -> String? {
    switch option.name {
    case "model", "pretrained": "swap-models"
    case "adversary", "init": "models"
    case "data", "external": "datasets"
    case "a", "b", "faces": "face-sets"
    default: nil
    }
  }

  private var lists: HTML {
    func list(_ id: String, _ names: [String]) -> HTML {
      "<datalist id=\"\(id)\">\(names.map { "<option value=\"\($0)\"></option>" as HTML })</datalist>"
    }
    return """
      \(list("face-sets", names.faceSets))
      \(list("datasets", names.datasets))
      \(list("swap-models", names.swapModels))
      \(list("models", names.swapModels + names.detectors))
      """
  }
}

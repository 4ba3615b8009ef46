import ArgumentParser

/// What every command that lists something takes.
struct ListingOptions: ParsableArguments {
  @Option(help: "The workspace; by default found from here upwards.", completion: .directory)
  var workspace: String?

  @Flag(help: "Print one JSON object instead of a table.")
  var json = false
}

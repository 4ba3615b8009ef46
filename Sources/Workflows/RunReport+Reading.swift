import Faces
public import Records

extension ReportReader {
  /// The reports of all workflows, in the order in which a folder is asked for them.
  public static let all: [ReportReader] = [
    ReportReader("search", from: "results.json") { try SearchReport(reading: $0)?.page },
    ReportReader("duel", from: "results.json") { try DuelReport(reading: $0)?.page() },
    ReportReader("swap", from: "results.json") { try SwapReport(reading: $0)?.page },
    ReportReader("detect", from: "results.json") { try DetectReport(reading: $0)?.page },
    ReportReader("cross-validate", from: "results.json") {
      try CrossValidationReport(reading: $0)?.page
    },
    ReportReader("evaluate", from: "results.json") { try EvaluateReport(reading: $0)?.page },
    ReportReader("explain", from: ExplanationReport.file) {
      try ExplanationReport(reading: $0)?.page
    },
    ReportReader("augment", from: "augment.json") { try LabeledDatasetReport(reading: $0)?.page },
    ReportReader("import", from: LabeledDataset.manifestName) {
      try LabeledDatasetReport(reading: $0)?.page
    },
    ReportReader("pretrain", from: "settings.json") { try PretrainReport(reading: $0)?.page },
    ReportReader("extract", from: "extract.json") { try ExtractReport(reading: $0)?.page },
    ReportReader("faces synthesize", from: "synthesis.json") {
      try SynthesisReport(reading: $0)?.page
    },
    ReportReader("reenact", from: ReenactRecord.name) { try ReenactReport(reading: $0)?.page },
    ReportReader("convert", from: ConversionRecord.name) {
      try ConversionReport(reading: $0)?.page
    },
  ]
}

extension RunReport {
  /// Rewrites the report of a run or dataset.
  ///
  /// - Parameters:
  ///   - name: a run below `Labs`, a dataset below `Datasets`, or a folder; nil for the newest of
  ///     all.
  ///   - workspace: the workspace; nil for the nearest one upwards.
  public init(writing name: String?, workspace: String?) throws {
    try self.init(writing: name, workspace: workspace, readers: ReportReader.all)
  }

  /// Writes the report of a folder.
  init(in folder: String) throws { try self.init(in: folder, readers: ReportReader.all) }
}

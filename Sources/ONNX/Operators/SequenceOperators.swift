/// Operators over the steps of sequences.
enum SequenceOperators {
  static let all: [OperatorDefinition] = RecurrenceOperators.all + AttentionOperators.all
}

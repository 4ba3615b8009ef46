import Records

/// What is printed at the end of a shard.
func finished(_ shard: Shard, in folder: String) -> String {
  "shard     \(shard) finished: \(folder); join all \(shard.count) with 'dflab datasets merge'"
}

import GRDB

/// The tables of Optuna's SQLite storages, as Optuna 5 creates them.
enum StudySchema {
  /// What Optuna's migrations call this form, since Optuna 3.2.
  static let revision = "v3.2.0.a"
  /// The version of the tables before there were migrations, which is no longer changed.
  static let version = 12
  /// The version of Optuna whose form this is.
  static let library = "5.0.0"

  /// Creates all tables.
  static func create(in database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE studies (
          study_id INTEGER NOT NULL, study_name VARCHAR(512) NOT NULL, PRIMARY KEY (study_id));
        CREATE UNIQUE INDEX ix_studies_study_name ON studies (study_name);
        CREATE TABLE study_directions (
          study_direction_id INTEGER NOT NULL, direction VARCHAR(8) NOT NULL,
          study_id INTEGER NOT NULL, objective INTEGER NOT NULL, PRIMARY KEY (study_direction_id),
          UNIQUE (study_id, objective), FOREIGN KEY(study_id) REFERENCES studies (study_id));
        CREATE TABLE trials (
          trial_id INTEGER NOT NULL, number INTEGER, study_id INTEGER, state VARCHAR(8) NOT NULL,
          datetime_start DATETIME, datetime_complete DATETIME, PRIMARY KEY (trial_id),
          FOREIGN KEY(study_id) REFERENCES studies (study_id));
        CREATE INDEX ix_trials_study_id ON trials (study_id);
        CREATE TABLE trial_params (
          param_id INTEGER NOT NULL, trial_id INTEGER, param_name VARCHAR(512), param_value FLOAT,
          distribution_json TEXT, PRIMARY KEY (param_id), UNIQUE (trial_id, param_name),
          FOREIGN KEY(trial_id) REFERENCES trials (trial_id));
        CREATE TABLE trial_values (
          trial_value_id INTEGER NOT NULL, trial_id INTEGER NOT NULL, objective INTEGER NOT NULL,
          value FLOAT, value_type VARCHAR(7) NOT NULL, PRIMARY KEY (trial_value_id),
          UNIQUE (trial_id, objective), FOREIGN KEY(trial_id) REFERENCES trials (trial_id));
        CREATE TABLE trial_intermediate_values (
          trial_intermediate_value_id INTEGER NOT NULL, trial_id INTEGER NOT NULL,
          step INTEGER NOT NULL, intermediate_value FLOAT,
          intermediate_value_type VARCHAR(7) NOT NULL, PRIMARY KEY (trial_intermediate_value_id),
          UNIQUE (trial_id, step), FOREIGN KEY(trial_id) REFERENCES trials (trial_id));
        CREATE TABLE trial_heartbeats (
          trial_heartbeat_id INTEGER NOT NULL, trial_id INTEGER NOT NULL,
          heartbeat DATETIME NOT NULL, PRIMARY KEY (trial_heartbeat_id), UNIQUE (trial_id),
          FOREIGN KEY(trial_id) REFERENCES trials (trial_id));
        CREATE TABLE version_info (
          version_info_id INTEGER NOT NULL, schema_version INTEGER, library_version VARCHAR(256),
          PRIMARY KEY (version_info_id), CHECK (version_info_id=1));
        CREATE TABLE alembic_version (
          version_num VARCHAR(32) NOT NULL,
          CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
        """)
    for (owner, kind) in [
      ("study", "user"), ("study", "system"), ("trial", "user"), ("trial", "system"),
    ] {
      let parents = owner == "study" ? "studies" : "trials"
      try database.execute(
        sql: """
          CREATE TABLE \(owner)_\(kind)_attributes (
            \(owner)_\(kind)_attribute_id INTEGER NOT NULL, \(owner)_id INTEGER,
            "key" VARCHAR(512), value_json TEXT, PRIMARY KEY (\(owner)_\(kind)_attribute_id),
            UNIQUE (\(owner)_id, "key"),
            FOREIGN KEY(\(owner)_id) REFERENCES \(parents) (\(owner)_id));
          """)
    }
    try database.execute(
      sql: "INSERT INTO version_info VALUES (1, ?, ?)", arguments: [version, library])
    try database.execute(sql: "INSERT INTO alembic_version VALUES (?)", arguments: [revision])
  }

  /// Why a database is no storage that can be used, phrased for the middle of a sentence; nil if it is
  /// one.
  static func fault(of database: Database) throws -> String? {
    guard try database.tableExists("alembic_version"), try database.tableExists("trials") else {
      return "it is not an Optuna storage"
    }
    let found = try String.fetchOne(database, sql: "SELECT version_num FROM alembic_version")
    guard found == revision else {
      return
        "its form '\(found.map { String($0.prefix(32)) } ?? "unknown")' is not the one of Optuna 3.2 to 5.0, '\(revision)'"
    }
    return nil
  }
}

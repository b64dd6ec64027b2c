/** Lists of names that look free and are not, by the name that `validate.reserved` of a question uses. */
export const RESERVED_WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  sql: words(`
  all alter analyse analyze and anti any array as asc asof at authorization between both by case
  cast check collate column columns connect constraint create cross current current_date
  current_time current_timestamp current_user database default deferrable delete desc describe
  distinct do drop else end except exists false fetch for foreign from full generated glob grant
  group grouping having ilike in increment initially inner insert intersect into is isnull join
  lambda lateral leading left like limit localtime localtimestamp map minus natural not notnull null
  of offset on only or order outer overlaps pivot placing positional primary qualify references
  regexp returning revoke right rlike row rows sample select semi set similar some start struct
  summarize symmetric table tablesample then to trailing trigger true try_cast union unique unpivot
  update using values variadic view when whenever where window with
  `),
  // What dbt v1 refuses or shadows as a project's name (each tried), and the folders, schemas and databases around it.
  dbt: words(`
  adapter analyses api app block builtins call caller common config context cycler database dbt
  dbt_bigquery dbt_databricks dbt_duckdb dbt_loom dbt_metadata_envs dbt_postgres dbt_redshift
  dbt_snowflake dbt_spark dbt_version dev dict diff_of_two_dicts do doc docs elif else env env_var
  exceptions execute exposures extends filter flags for fromjson fromyaml function graph groups if
  import include information_schema infra invocation_args_dict invocation_id joiner kwargs lipsum
  load_agate_table load_result local_md5 log logs loop macro macros main memory metric metrics model
  models modules namespace node packages pg_catalog platform post_hooks pre_hooks print prod project
  project_name range raw ref render return root run_started_at schema seeds selected_resources self
  set set_strict snapshots source sources sql sql_now statement store_raw_result store_result
  submit_python_job super system target temp temporary tests this thread_id tojson toyaml
  try_or_compiler_error validation var varargs vars venv write zip zip_strict
  `),
  // YAML 1.1 takes them for truth values and numbers, Windows for devices.
  files: words(`
  aux com1 com2 com3 com4 com5 com6 com7 com8 com9 con inf infinity lpt1 lpt2 lpt3 lpt4 lpt5 lpt6
  lpt7 lpt8 lpt9 n nan no none nul off on prn y yes
  `),
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ""))
}

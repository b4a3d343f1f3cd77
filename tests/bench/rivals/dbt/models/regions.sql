-- one row per row of regions
SELECT * FROM read_csv('{{ env_var("RIVAL_BASE") }}/regions.csv', all_varchar = true)

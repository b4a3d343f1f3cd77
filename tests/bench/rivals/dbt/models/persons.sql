-- one row per row of persons
SELECT * FROM read_csv('{{ env_var("RIVAL_BASE") }}/persons.csv', all_varchar = true)

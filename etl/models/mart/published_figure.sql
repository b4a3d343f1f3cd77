-- one row per figure that a city has published and that the product computes too
SELECT
    city_code,
    city_zh,
    city_en,
    figure,
    metric,
    start_on,
    end_on,
    label_zh,
    label_en,
    value,
    qualifier,
    kind
FROM policy.published_figure

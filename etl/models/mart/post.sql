-- one row per batch of posts
SELECT
    post.post_no,
    credit.region_id,
    post.developed_on,
    coalesce(post.closed_on, DATE '9999-12-31') AS closed_on,
    post.kind,
    post.headcount,
    post.employer_code
FROM live.posts AS post
INNER JOIN core.region_credit AS credit ON post.community_code = credit.region_code
ORDER BY post.developed_on

-- one row per placement that names a post, credited to the post's community
SELECT
    placement.placement_no,
    credit.region_id,
    post.developed_on,
    placement.placed_on,
    post.kind,
    post.employer_code
FROM core.placement AS placement
INNER JOIN live.posts AS post ON placement.post_no = post.post_no
INNER JOIN core.region_credit AS credit ON post.community_code = credit.region_code
ORDER BY post.developed_on

"""Words of the demonstration: invented names, causes, courses, banks. No real person and no real firm is meant."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from etl.demo.frames import happens

SURNAMES: Final = tuple(
    "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟"
    "姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武葛莫孔向汤"
)
GIVEN: Final = (
    tuple("建国军强伟明华平勇斌涛志海波刚辉鹏飞宏超杰林峰德成良新文清荣义兴山友发云庆春生安家"),
    tuple("秀英芳丽敏静艳娟霞玲桂兰红梅莲燕萍琴珍香菊云凤翠月琳雪慧巧美娥淑洁莉蓉素春秋晓仙"),
)
POOLS: Final[dict[str, tuple[str, ...]]] = {
    "cause": ("企业改制", "企业破产关闭", "合同期满", "经济性裁员", "个人辞职", "土地征用", "毕业未就业", "退役"),
    "family": ("双职工家庭", "夫妻一方无业", "供养老人子女", "单身", "供养子女", "与父母同住"),
    "skill": ("无专长", "车工", "钳工", "电工", "焊工", "缝纫", "烹饪", "家政服务", "驾驶", "计算机操作", "会计"),
    "job_wish": ("企业用工", "社区服务", "公益性岗位", "自主创业", "外出务工", "不限"),
    "insurance": ("已参保续缴", "已参保中断", "由原单位缴纳", "以个人身份参保", "未参保"),
    "course": ("家政服务", "中式烹饪", "电工", "焊工", "计算机操作", "创业培训", "养老护理", "保安", "缝纫"),
    "bank": ("磁湖农村信用联社", "磁湖城市信用社", "临湖村镇银行", "云泽小额信贷行"),
    "end_reason": ("合同期满", "个人辞职", "单位裁员", "经营不善", "到龄退休"),
    "sponsor": ("工会", "妇联", "团市委", "残联"),
    "report": ("就业再就业月报", "退休人员变动月报", "社区台账季报"),
}  # fmt: skip
# Amounts of names in one number: surname × 10,000 + first given × 100 + second given (0: none), women's from 50 on.
_SECOND: Final = 100
_WOMEN: Final = 50
_GIVEN: Final = 40


def invented_names(rng: np.random.Generator, female: NDArray[np.bool_]) -> NDArray[np.int64]:
    """One name for each person as a number (see `spelled`)."""
    size = len(female)
    shift = np.where(female, _WOMEN, 0)
    first = rng.integers(0, _GIVEN, size) + shift
    second = np.where(happens(rng, 0.3, size), 0, rng.integers(1, _GIVEN, size) + shift)
    surname = rng.integers(0, len(SURNAMES), size)
    return surname * _SECOND * _SECOND + first * _SECOND + second


def spelled(names: NDArray[np.int64]) -> list[str]:
    """The names that `invented_names` means, in characters."""
    letters = [GIVEN[0][n] if n < len(GIVEN[0]) else "" for n in range(_WOMEN)]
    letters += [GIVEN[1][n] if n < len(GIVEN[1]) else "" for n in range(_WOMEN)]
    family, rest = np.divmod(names, _SECOND * _SECOND)
    first, second = np.divmod(rest, _SECOND)
    return [
        SURNAMES[a] + letters[b] + (letters[c] if c else "")
        for a, b, c in zip(family.tolist(), first.tolist(), second.tolist(), strict=True)
    ]

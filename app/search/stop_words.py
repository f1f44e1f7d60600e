"""Words that are in nearly every text: a search that has others does without them."""

STOP_WORDS = frozenset(
    """
a ai ais ait as au aux avec c ce ces cet cette ceux ci d dans de des du elle elles en es est et etre eu eux il ils j je
l la le les leur leurs lui m ma mais me meme mes moi mon n ne ni nos notre nous on ont ou par pas pour qu que qui s sa
sans se ses si son sont sur t ta te tes toi ton tu un une vos votre vous y
an and are at be but by for from has have he in is it its of or that the their they this to was we were which with you
""".split()
)

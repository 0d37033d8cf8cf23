"""What candidates of these tests say: long enough to be judged, and about something.

They tell what somebody does or would do. A story of what happened is not scored where no word links it to its question,
and which question an interview draws is luck.
"""

PASSWORD = "a quiet afternoon in March"

ANSWERS = [
    (
        "When a nightly import takes four hours and often fails, I measure each step first to see where the time goes. "
        "Say that every row is written on its own: then I write them in batches of five hundred. Before I change "
        "anything I write tests for the present behaviour, and I ask a colleague to review the change and release it "
        "in small steps. I expect twenty minutes then, and one failed night a month where there were nine."
    ),
    (
        "In a disagreement about a deadline I talk with the customer and with the team, ask what matters most, and "
        "propose to deliver the report first and the export two weeks later. I write down the risks and keep everybody "
        "informed every Friday, so that both come on the days we promise. Afterwards I ask for feedback, because the "
        "order of the work should be agreed before a date is."
    ),
    (
        "First I would reproduce the problem with the smallest example that shows it. Then I would look at the "
        "logs and the latest changes, compare what I expected with what happens, and test one hypothesis at a "
        "time. When I know the cause I write a test that fails, fix it, run all tests and watch the metrics after "
        "the release for a day."
    ),
]

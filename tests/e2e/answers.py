"""What candidates of these tests say: long enough to be judged, and about something."""

PASSWORD = "a quiet afternoon in March"

ANSWERS = [
    (
        "Our nightly import took four hours and often failed. I measured each step first, found that every row "
        "was written on its own, and decided to write in batches of five hundred. I wrote tests for the present "
        "behaviour before I changed anything, reviewed the change with a colleague and released it in small steps. "
        "The import then took twenty minutes, and the number of failed nights fell from nine a month to one."
    ),
    (
        "We had a disagreement about a deadline. I talked with the customer and with the team, asked what mattered "
        "most, and proposed to deliver the report first and the export two weeks later. I wrote down the risks, "
        "kept everybody informed every Friday, and we delivered both on the days we had said. Afterwards I asked "
        "for feedback, and since then I agree on the order of the work before I agree on a date."
    ),
    (
        "First I would reproduce the problem with the smallest example that shows it. Then I would look at the "
        "logs and the latest changes, compare what I expected with what happens, and test one hypothesis at a "
        "time. When I know the cause I write a test that fails, fix it, run all tests and watch the metrics after "
        "the release for a day."
    ),
]

"""Systems asked whole suites: logged, compared, graded and reported."""

"""The trainer's console: what the class did, whom to help, and the papers that an administration asks for.

    gradebook, course.toml ─▶ register ─▶ progress ─▶ papers, dashboard     (marks)
    the learners' kernels  ─▶ attempts ─▶ dashboard                         (tries, errors, time)
    the trainer            ─▶ attendance ─▶ papers                          (hours)
    nbgrader's sessions    ─▶ audit                                         (who changed which mark)

Law of this package: it reads what others wrote and never computes a mark of its own.
"""

"""What somebody takes away from quality improvement: a plan, a project, a PDSA cycle, a diagram."""

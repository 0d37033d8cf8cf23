"""The events the read models are built from; each goes straight into its use case."""

from contracts.analysis import AnalysisAiUsed, AnalysisFailed, AnalysisStarted, AnswerAnalysed, ReportReady
from contracts.auth import UserRegistered, UserUpdated
from contracts.interview import (
    AnswerSubmitted,
    InterviewAiUsed,
    InterviewCompleted,
    InterviewCreated,
    InterviewReady,
    InterviewStarted,
    NoticeRecorded,
    NoticeReplied,
    PresenceSharingChanged,
)
from kit.messaging import Subscriptions

from admin.use_cases import projecting

subscriptions = Subscriptions(service="admin")

subscriptions.on(UserRegistered)(projecting.know_user)
subscriptions.on(UserUpdated)(projecting.update_user)
subscriptions.on(InterviewCreated)(projecting.open_record)
subscriptions.on(InterviewReady)(projecting.add_questions)
subscriptions.on(InterviewStarted)(projecting.note_start)
subscriptions.on(AnswerSubmitted)(projecting.add_answer)
subscriptions.on(InterviewCompleted)(projecting.close_record)
subscriptions.on(NoticeRecorded)(projecting.add_notice)
subscriptions.on(NoticeReplied)(projecting.add_reply)
subscriptions.on(PresenceSharingChanged)(projecting.share_presence)
subscriptions.on(AnalysisStarted)(projecting.note_analysis_start)
subscriptions.on(AnswerAnalysed)(projecting.add_analysis)
subscriptions.on(AnalysisFailed)(projecting.note_failed_analysis)
subscriptions.on(ReportReady)(projecting.add_report)
subscriptions.on(InterviewAiUsed)(projecting.add_usage)
subscriptions.on(AnalysisAiUsed)(projecting.add_usage)

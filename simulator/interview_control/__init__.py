"""What happens in an interview between the conversation and whatever shows it, without any user interface.

`runner` carries out the effects of the conversation, for every user interface. `controller` owns the state and the
rules of a full screen: it takes calls (keys, time, sound) and tells an `InterviewView` what to show. `backend` is the
one place here that calls the services.
"""

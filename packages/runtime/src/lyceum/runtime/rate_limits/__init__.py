"""How many requests somebody may send: limits by class of route, for each person or network, over a sliding window."""

from lyceum.runtime.rate_limits.limiter import LocalRateLimiter, RateLimiter, Verdict
from lyceum.runtime.rate_limits.requests import RequestLimits
from lyceum.runtime.rate_limits.settings import Rate, RateLimitSettings
from lyceum.runtime.rate_limits.shared import SharedRateLimiter

__all__ = [
    "LocalRateLimiter", "Rate", "RateLimitSettings", "RateLimiter", "RequestLimits", "SharedRateLimiter", "Verdict",
]  # fmt: skip

"""What an operator's monitoring reads: counters and durations in the text form of Prometheus."""

from bisect import bisect_left
from collections import Counter

__all__ = ["Metrics"]

_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 1.0, 3.0, 10.0)


class Metrics:
    """Of this process, since it began. No label ever holds a value that somebody sent."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.buckets: Counter[tuple[str, int]] = Counter()
        self.seconds: Counter[str] = Counter()
        self.events: Counter[str] = Counter()
        self.gauges: dict[str, int] = {}

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request was answered after so many seconds; ``route`` is the path's pattern."""
        self.requests[method, route, status] += 1
        self.buckets[route, bisect_left(_BOUNDS, seconds)] += 1
        self.seconds[route] += seconds  # type: ignore[assignment]

    def text(self) -> str:
        """Everything, as ``text/plain; version=0.0.4``."""
        lines = ["# TYPE cxdesk_requests_total counter"]
        for (method, route, status), n in sorted(self.requests.items()):
            lines.append(f'cxdesk_requests_total{{method="{method}",route="{route}",status="{status}"}} {n}')
        lines.append("# TYPE cxdesk_request_seconds histogram")
        for route in sorted(self.seconds):
            lines += self._durations(route)
        for name, count in sorted(self.events.items()):
            lines += [f"# TYPE cxdesk_{name}_total counter", f"cxdesk_{name}_total {count}"]
        for name, level in sorted(self.gauges.items()):
            lines += [f"# TYPE cxdesk_{name} gauge", f"cxdesk_{name} {level}"]
        return "\n".join(lines) + "\n"

    def _durations(self, route: str) -> list[str]:
        lines, so_far = [], 0
        for at, bound in enumerate((*_BOUNDS, "+Inf")):
            so_far += self.buckets[route, at]
            lines.append(f'cxdesk_request_seconds_bucket{{route="{route}",le="{bound}"}} {so_far}')
        lines.append(f'cxdesk_request_seconds_sum{{route="{route}"}} {self.seconds[route]:.6f}')
        return [*lines, f'cxdesk_request_seconds_count{{route="{route}"}} {so_far}']

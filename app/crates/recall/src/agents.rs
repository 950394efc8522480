//! The agents that come with the product, as data.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::vocabulary::stem;

/// What an agent is good at, and what it is not.
#[derive(Clone, Copy, Debug)]
pub struct Profile {
    /// Its name in requests.
    pub slug: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub about: &'static str,
    /// What it can do.
    pub skills: &'static [&'static str],
    /// Words that speak for it.
    words: &'static str,
    /// Words that speak against it.
    against: &'static str,
}

impl Profile {
    /// Whether a word of a task speaks for it (1), against it (-1), or neither.
    pub fn opinion(&self, word: &str) -> i32 {
        static OPINIONS: OnceLock<HashMap<(&str, String), i32>> = OnceLock::new();
        let opinions = OPINIONS.get_or_init(|| {
            let mut opinions = HashMap::new();
            for profile in &ALL {
                for (words, opinion) in [(profile.words, 1), (profile.against, -1)] {
                    for word in words.split_whitespace() {
                        *opinions.entry((profile.slug, stem(word))).or_default() += opinion;
                    }
                }
            }
            opinions
        });
        opinions.get(&(self.slug, stem(word))).copied().unwrap_or(0).signum()
    }
}

/// The agents, the one for anything else first.
pub const ALL: [Profile; 5] = [
    Profile {
        slug: "full_stack_developer",
        name: "Full-stack developer",
        about: "Writes functions and small programs: algorithms, text, lists, SQL and REST interfaces.",
        skills: &[
            "algorithms",
            "text processing",
            "lists and sorting",
            "number theory",
            "SQL",
            "REST interfaces",
            "web pages",
        ],
        words: "function code program script algorithm string text word sentence list array sort reverse palindrome prime \
                fibonacci factorial number digit sequence gcd lcm divisor factor fizzbuzz roman binary hexadecimal octal \
                decimal base convert anagram vowel letter character case slug camel snake title sql table column rest api \
                crud endpoint react html css javascript frontend backend form page button component web website app \
                typescript node search tree graph stack queue recursion loop regex parse leap year temperature celsius \
                fahrenheit brackets parentheses haiku poem story bug refactor implement class",
        against: "vulnerability threat kubernetes docker container cluster deployment statistics regression architecture \
                  availability compliance",
    },
    Profile {
        slug: "data_scientist",
        name: "Data scientist",
        about: "Computes and explains data: statistics, dates, CSV and JSON, finance.",
        skills: &["statistics", "regression", "CSV and JSON", "dates", "growth and interest", "data cleaning"],
        words: "mean average median mode deviation variance statistics statistical correlation regression slope intercept \
                percentile quartile histogram frequency distribution csv json data dataset column row pandas dataframe date \
                day days weekday calendar interest compound percentage percent growth weighted moving normalize normalise \
                scale sum minimum maximum range outlier forecast predict model train plot chart analyze analyse sample \
                population machine learning cluster feature",
        against: "vulnerability password docker kubernetes nginx architecture encrypt firewall frontend css",
    },
    Profile {
        slug: "security_expert",
        name: "Security expert",
        about: "Checks and protects: passwords, secrets, hashes, encodings, headers, addresses.",
        skills: &[
            "password checks",
            "secret detection",
            "hashes and encodings",
            "security headers",
            "IP addresses",
            "redaction",
        ],
        words: "password secret security secure vulnerability threat attack exploit hash hashing sha256 sha1 md5 checksum \
                digest base64 hex encode decode encoding url escape html xss injection csp header token jwt key credential \
                leak mask redact luhn card ipv4 ip private encrypt decrypt certificate tls firewall audit compliance owasp \
                strength authentication permission phishing malware",
        against: "statistics average median kubernetes dockerfile chart regression sort fibonacci",
    },
    Profile {
        slug: "devops_engineer",
        name: "DevOps engineer",
        about: "Ships and runs software: containers, Kubernetes, pipelines, servers, versions.",
        skills: &["Dockerfile and Compose", "Kubernetes", "CI pipelines", "nginx and systemd", "versions", "networks"],
        words: "docker dockerfile container image compose kubernetes k8s deployment deploy pod service ingress configmap \
                cronjob cron helm cluster pipeline ci cd github actions workflow nginx proxy systemd unit server linux \
                makefile env dotenv cidr subnet network uptime downtime sla version semver release bytes size disk memory \
                monitor log terraform ansible port replica namespace yaml host",
        against: "statistics regression password vulnerability palindrome fibonacci median",
    },
    Profile {
        slug: "system_architect",
        name: "System architect",
        about: "Designs systems: decisions, capacity, availability, interfaces, diagrams.",
        skills: &["architecture decisions", "capacity estimates", "availability", "interface design", "diagrams"],
        words: "architecture architect design decision adr record trade-off capacity estimate throughput scale scalability \
                availability redundancy latency concurrency storage shard sharding partition cache hit ratio rate limit \
                bucket little's law openapi diagram sequence mermaid c4 component microservice monolith event queue \
                database replication consistency system users requests traffic load",
        against: "palindrome fibonacci median password hash sort vowel regression",
    },
];

/// The profile of an agent.
pub fn find(slug: &str) -> Option<&'static Profile> {
    ALL.iter().find(|profile| profile.slug == slug)
}

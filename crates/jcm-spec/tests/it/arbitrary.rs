//! Settlements of any content, sound or not, whose names and ids fit: what the wire must carry.

use jcm_calculus::*;
use jcm_quantity::{
    Base, Calendar, Currency, Date, DayCount, DayMark, Exact, Irrational, OverAll, Period, QuantileMethod,
    RoundingMode, Shown, Statistic, Ties, Unit, Weekday,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// How many of each kind of thing every generated settlement has.
const EACH: u32 = 3;

fn exact() -> impl Strategy<Value = Exact> {
    (any::<i64>(), 1i64..1000).prop_map(|(n, d)| Exact::ratio(n, d).unwrap())
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[ -~£é\n\"\\\\]{0,12}"]
}

fn date() -> impl Strategy<Value = Date> {
    (1900i16..2200, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| Date::new(y, m, d).unwrap())
}

fn unit() -> impl Strategy<Value = Unit> {
    let base = prop_oneof![
        Just(Base::Money("GBP".to_owned())),
        Just(Base::Thing("bed_days".to_owned())),
        Just(Base::Thing("people".to_owned())),
        Just(Base::Time("year".to_owned())),
        Just(Base::PercentagePoint),
    ];
    let shown = prop_oneof![
        Just(Shown::Plain),
        Just(Shown::Percent),
        Just(Shown::PercentagePoint),
        (1u64..1_000_000).prop_map(Shown::Per)
    ];
    (vec((base, -3i8..=3), 0..4), shown).prop_map(|(dims, shown)| Unit::of(dims, shown))
}

fn ty() -> impl Strategy<Value = Type> {
    prop_oneof![
        unit().prop_map(Type::Number),
        (0..EACH).prop_map(|id| Type::Choice(ChoiceId(id))),
        Just(Type::Truth),
        Just(Type::Text),
        Just(Type::Date)
    ]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        exact().prop_map(Value::Number),
        text().prop_map(Value::Choice),
        any::<bool>().prop_map(Value::Truth),
        text().prop_map(Value::Text),
        date().prop_map(Value::Date),
        Just(Value::Missing)
    ]
}

fn rounding() -> impl Strategy<Value = Rounding> {
    (0..RoundingMode::ALL.len(), exact())
        .prop_map(|(mode, grain)| Rounding { mode: RoundingMode::ALL[mode], grain })
}

fn origin() -> impl Strategy<Value = Origin> {
    (text(), text(), any::<u32>(), text()).prop_map(|(clause, file, line, text)| Origin {
        clause,
        file,
        line,
        text,
    })
}

fn missing() -> impl Strategy<Value = MissingRule> {
    let leaf = prop_oneof![
        Just(MissingRule::Refuse),
        Just(MissingRule::Neutral),
        value().prop_map(MissingRule::Use)
    ];
    leaf.prop_recursive(3, 4, 1, |inner| {
        (any::<u32>(), inner)
            .prop_map(|(times, then)| MissingRule::CarryForward { times, then: Box::new(then) })
    })
}

fn level() -> impl Strategy<Value = Level> {
    prop_oneof![Just(Level::Case), Just(Level::Row)]
}

fn scale_row() -> impl Strategy<Value = ScaleRow> {
    let end = || option::of((exact(), any::<bool>()).prop_map(|(value, included)| End { value, included }));
    let result = prop_oneof![
        exact().prop_map(ScaleResult::Flat),
        (exact(), exact()).prop_map(|(from, to)| ScaleResult::Even { from, to })
    ];
    (end(), end(), result).prop_map(|(lower, upper, result)| ScaleRow { lower, upper, result })
}

fn band_row() -> impl Strategy<Value = BandRow> {
    let end = || option::of(exact());
    (end(), end(), exact()).prop_map(|(lower, upper, rate)| BandRow { lower, upper, rate })
}

fn expr() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        value().prop_map(Expr::literal),
        (0..EACH).prop_map(|id| Expr::Input(InputId(id))),
        (0..EACH).prop_map(|id| Expr::Step(StepId(id))),
        (0..EACH).prop_map(|id| Expr::Carried(CarriedId(id))),
        vec(0..EACH as usize, 0..3).prop_map(Expr::InPeriods)
    ];
    leaf.prop_recursive(6, 40, 3, |x| {
        let boxed = || x.clone().prop_map(Box::new);
        let some = || vec(x.clone(), 1..4);
        let arithmetic = prop_oneof![
            Just(Arithmetic::Add),
            Just(Arithmetic::Subtract),
            Just(Arithmetic::Multiply),
            Just(Arithmetic::Divide)
        ];
        let comparison = prop_oneof![
            Just(Comparison::Equal),
            Just(Comparison::NotEqual),
            Just(Comparison::Less),
            Just(Comparison::LessOrEqual),
            Just(Comparison::Greater),
            Just(Comparison::GreaterOrEqual)
        ];
        let weights =
            prop_oneof![Just(WeightRule::Reweight), Just(WeightRule::Zero), Just(WeightRule::Missing)];
        prop_oneof![
            (0..EACH, 0u32..2, vec(x.clone(), 0..3)).prop_map(|(id, column, keys)| {
                Expr::Parameter { parameter: ParameterId(id), column, keys }
            }),
            (arithmetic, boxed(), boxed()).prop_map(|(op, left, right)| Expr::Arithmetic { op, left, right }),
            (comparison, boxed(), boxed()).prop_map(|(op, left, right)| Expr::Compare { op, left, right }),
            boxed().prop_map(Expr::Negate),
            boxed().prop_map(Expr::Absolute),
            some().prop_map(Expr::Least),
            some().prop_map(Expr::Greatest),
            (boxed(), rounding()).prop_map(|(value, rounding)| Expr::Round { value, rounding }),
            some().prop_map(Expr::All),
            some().prop_map(Expr::Any),
            boxed().prop_map(Expr::Not),
            (vec((x.clone(), x.clone()), 0..3), boxed())
                .prop_map(|(cases, otherwise)| Expr::Choose { cases, otherwise }),
            (boxed(), vec(scale_row(), 0..3)).prop_map(|(value, rows)| Expr::Scale { value, rows }),
            (boxed(), vec(band_row(), 0..3)).prop_map(|(value, rows)| Expr::Bands { value, rows }),
            (vec((exact(), x.clone()), 0..3), weights)
                .prop_map(|(parts, missing)| Expr::Weighted { parts, missing }),
            boxed().prop_map(Expr::IsMissing),
            (boxed(), boxed()).prop_map(|(x, instead)| Expr::IfMissing(x, instead)),
            functions(boxed().boxed(), some().boxed()),
            dates(boxed().boxed()),
            boxed().prop_map(Expr::SumOfRows),
            boxed().prop_map(Expr::CountOfRows),
            (statistic(), boxed()).prop_map(|(statistic, value)| Expr::StatisticOfRows { statistic, value }),
        ]
    })
}

/// The functions with settings of their own.
fn functions(one: BoxedStrategy<Box<Expr>>, some: BoxedStrategy<Vec<Expr>>) -> impl Strategy<Value = Expr> {
    let function = proptest::sample::select(Irrational::ALL.to_vec());
    let mode = proptest::sample::select(RoundingMode::ALL.to_vec());
    prop_oneof![
        (function, one.clone(), 0u32..40).prop_map(|(function, value, decimals)| Expr::Irrational {
            function,
            value,
            decimals
        }),
        (one.clone(), -100i32..100).prop_map(|(value, exponent)| Expr::Power { value, exponent }),
        (one.clone(), mode, 1u32..40).prop_map(|(value, mode, figures)| Expr::RoundToFigures {
            value,
            mode,
            figures
        }),
        (statistic(), some).prop_map(|(statistic, parts)| Expr::Statistic { statistic, parts }),
        (over_all(), one.clone(), option::of(one)).prop_map(|(function, value, same)| Expr::OverAll {
            function,
            value,
            same
        }),
    ]
}

/// The operations on dates.
fn dates(one: BoxedStrategy<Box<Expr>>) -> impl Strategy<Value = Expr> {
    let count = || proptest::sample::select(DayCount::ALL.to_vec());
    let mark = proptest::sample::select(DayMark::ALL.to_vec());
    prop_oneof![
        (one.clone(), one.clone(), count()).prop_map(|(date, by, count)| Expr::MoveDate { date, by, count }),
        (one.clone(), one.clone(), count()).prop_map(|(from, to, count)| Expr::CountBetween {
            from,
            to,
            count
        }),
        (one, mark).prop_map(|(date, mark)| Expr::MarkDate { date, mark }),
    ]
}

fn calendar() -> impl Strategy<Value = Calendar> {
    let closed = proptest::sample::subsequence(Weekday::ALL.to_vec(), 0..7);
    let holidays = vec((date(), text()), 0..4);
    (text(), text(), closed, date(), date(), holidays).prop_map(|(title, version, closed, a, b, holidays)| {
        Calendar {
            title,
            version,
            closed: closed.into_iter().collect(),
            first: a.min(b),
            last: a.max(b),
            holidays: holidays.into_iter().collect(),
        }
    })
}

fn method() -> impl Strategy<Value = QuantileMethod> {
    proptest::sample::select(QuantileMethod::ALL.to_vec())
}

fn statistic() -> impl Strategy<Value = Statistic> {
    prop_oneof![
        Just(Statistic::Sum),
        Just(Statistic::Mean),
        Just(Statistic::Median),
        Just(Statistic::Least),
        Just(Statistic::Greatest),
        Just(Statistic::Variance),
        (0u32..40).prop_map(|decimals| Statistic::StandardDeviation { decimals }),
        (exact(), method()).prop_map(|(share, method)| Statistic::Quantile { share, method }),
    ]
}

fn over_all() -> impl Strategy<Value = OverAll> {
    let ties = proptest::sample::select(Ties::ALL.to_vec());
    prop_oneof![
        statistic().prop_map(OverAll::Statistic),
        (any::<bool>(), ties).prop_map(|(highest_first, ties)| OverAll::Rank { highest_first, ties }),
        (1u32..100).prop_map(|groups| OverAll::Group { groups }),
        (exact(), exact(), method()).prop_map(|(from, to, method)| OverAll::Winsorised { from, to, method }),
    ]
}

fn doubt() -> impl Strategy<Value = Doubt> {
    let disputed = prop_oneof![
        Just(DisputedRule::Undisputed),
        Just(DisputedRule::Hold),
        Just(DisputedRule::AsCollected),
        Just(DisputedRule::AsVerified)
    ];
    let suppressed = prop_oneof![
        Just(SuppressedRule::Refuse),
        Just(SuppressedRule::AsMissing),
        value().prop_map(SuppressedRule::Use)
    ];
    let late = (any::<u32>(), any::<u32>()).prop_map(|(months, days)| Deadline { months, days });
    let over = ((0..EACH).prop_map(InputId), exact()).prop_map(|(input, times)| Over { input, times });
    let possible = (option::of(exact()), option::of(exact()), option::of(over))
        .prop_map(|(least, most, over)| Possible { least, most, over });
    (option::of(disputed), suppressed, option::of(late), text(), possible).prop_map(
        |(disputed, suppressed, late, verified_by, possible)| Doubt {
            disputed,
            suppressed,
            late,
            verified_by,
            possible,
        },
    )
}

fn inputs() -> impl Strategy<Value = Vec<Input>> {
    let one = (text(), ty(), level(), text(), missing(), doubt(), origin());
    vec(one, EACH as usize).prop_map(|all| {
        let named =
            all.into_iter().enumerate().map(|(i, (title, ty, level, source, missing, doubt, origin))| {
                Input { name: format!("input.{i}"), title, ty, level, source, missing, doubt, origin }
            });
        named.collect()
    })
}

fn parameters() -> impl Strategy<Value = Vec<Parameter>> {
    let row = (vec(value(), 0..3), option::of(date()), option::of(date()), vec(value(), 0..3))
        .prop_map(|(keys, from, until, values)| ParameterRow { keys, from, until, values });
    let one = (text(), vec((text(), ty()), 0..3), (ty(), ty()), vec(row, 0..3), text(), origin());
    vec(one, EACH as usize).prop_map(|all| {
        let named =
            all.into_iter().enumerate().map(|(i, (title, keys, (a, b), rows, source, origin))| Parameter {
                name: format!("parameter {i}"),
                title,
                keys: keys.into_iter().map(|(name, ty)| ParameterKey { name, ty }).collect(),
                columns: vec![
                    ParameterColumn { name: String::new(), ty: a },
                    ParameterColumn { name: "b".to_owned(), ty: b },
                ],
                rows,
                source,
                origin,
            });
        named.collect()
    })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let one = (text(), text(), ty(), level(), expr(), text(), origin());
    vec(one, EACH as usize).prop_map(|all| {
        let named = all.into_iter().enumerate().map(|(i, (title, group, ty, level, expr, words, origin))| {
            Step { name: format!("step.{i}"), title, group, ty, level, expr, words, origin }
        });
        named.collect()
    })
}

fn party_id() -> impl Strategy<Value = PartyId> {
    (0..EACH).prop_map(PartyId)
}

fn allocations() -> impl Strategy<Value = Vec<Allocation>> {
    let share = (party_id(), exact(), option::of(exact()), option::of(exact())).prop_map(
        |(party, share, losing_at_most, gaining_at_most)| AllocationShare {
            party,
            share,
            losing_at_most,
            gaining_at_most,
        },
    );
    let tranche = (party_id(), exact()).prop_map(|(party, up_to)| Tranche { party, up_to });
    let residue = prop_oneof![Just(Residue::LargestRemainder), party_id().prop_map(Residue::To)];
    let part = prop_oneof![date().prop_map(DueOn::Day), text().prop_map(DueOn::Words)];
    let odd = prop_oneof![Just(OddPart::Last), Just(OddPart::First), Just(OddPart::OneEach)];
    let due = (0..EACH as usize, vec(part, 0..3), odd, text())
        .prop_map(|(period, parts, odd, rule)| PaymentDue { period, parts, odd, rule });
    let excess = prop_oneof![Just(Excess::Others), party_id().prop_map(Excess::To), Just(Excess::Payer)];
    let one = (
        text(),
        0..EACH,
        party_id(),
        text(),
        rounding(),
        (vec(tranche, 0..3), vec(share, 0..3)),
        residue,
        (option::of(excess), vec(due, 0..3)),
        origin(),
    );
    vec(one, EACH as usize).prop_map(|all| {
        let named = all.into_iter().enumerate().map(
            |(i, (title, amount, payer, pool, rounding, (first, shares), residue, (excess, due), origin))| {
                Allocation {
                    name: format!("payment {i}"),
                    title,
                    amount: StepId(amount),
                    payer,
                    pool,
                    rounding,
                    first,
                    shares,
                    residue,
                    excess,
                    due,
                    origin,
                }
            },
        );
        named.collect()
    })
}

fn reading() -> impl Strategy<Value = Reading> {
    prop_oneof![
        Just(Reading::Number),
        Just(Reading::Percent),
        Just(Reading::PercentWithoutSign),
        vec((text(), value()), 0..3).prop_map(Reading::Coded),
        Just(Reading::Text),
        Just(Reading::DateYearFirst),
        Just(Reading::DateDayFirst),
        Just(Reading::DateMonthFirst)
    ]
}

fn datasets() -> impl Strategy<Value = Vec<Dataset>> {
    let headers = || vec(text(), 0..3);
    let column = (
        text(),
        0..EACH,
        reading(),
        any::<bool>(),
        option::of((text(), reading())),
        option::of(any::<u32>()),
    )
        .prop_map(|(header, id, reading, rounded, received, part)| Column {
            header,
            input: InputId(id),
            reading,
            rounded,
            received,
            part,
        });
    let published = (text(), 0..EACH, reading(), any::<bool>())
        .prop_map(|(header, id, reading, rounded)| Published { header, step: StepId(id), reading, rounded });
    let leave_out = vec((text(), headers()), 0..2);
    let period = (option::of(0..EACH as usize), option::of(text()));
    let one =
        (text(), period, headers(), headers(), vec(column, 0..3), vec(published, 0..2), headers(), leave_out);
    let long = (option::of((text(), any::<u32>())), option::of((text(), text())))
        .prop_map(|(part, figures)| Long { part, figures });
    vec((one, headers(), long, origin()), 0..3).prop_map(|all| {
        let named = all.into_iter().enumerate().map(|(i, (one, suppressed, long, origin))| {
            let (title, (period, period_column), key, row_key, columns, published, missing, leave_out) = one;
            let name = format!("dataset {i}");
            Dataset {
                name,
                title,
                period,
                period_column,
                key,
                row_key,
                long,
                columns,
                published,
                missing,
                suppressed,
                leave_out,
                origin,
            }
        });
        named.collect()
    })
}

fn vectors() -> impl Strategy<Value = Vec<TestVector>> {
    let inputs = || vec(((0..EACH).prop_map(InputId), value()), 0..3);
    let given_steps = || vec(((0..EACH).prop_map(StepId), value()), 0..3);
    let opening = vec(((0..EACH).prop_map(CarriedId), value()), 0..3);
    let expected = prop_oneof![
        (0..EACH, option::of(0usize..5), value(), option::of(rounding()), any::<u32>()).prop_map(
            |(step, row, value, to, line)| Expectation::Step { step: StepId(step), row, value, to, line }
        ),
        (0..EACH as usize, party_id(), exact(), any::<u32>()).prop_map(
            |(allocation, party, amount, line)| { Expectation::Receives { allocation, party, amount, line } }
        ),
    ];
    let expect = vec(expected, 0..3).boxed();
    let later = (inputs(), given_steps(), expect.clone())
        .prop_map(|(given, given_steps, expect)| LaterPeriod { given, given_steps, expect });
    let one = (text(), 0..EACH as usize, inputs(), given_steps(), vec(inputs(), 0..3), expect, text());
    vec((one, vec(inputs(), 0..3), origin(), opening, vec(later, 0..3)), 0..3).prop_map(|all| {
        let each = all.into_iter().map(|(one, others, origin, opening, later)| {
            let (title, period, given, given_steps, rows, expect, source) = one;
            TestVector {
                title,
                period,
                given,
                given_steps,
                rows,
                others,
                opening,
                expect,
                later,
                source,
                origin,
            }
        });
        each.collect()
    })
}

fn carried() -> impl Strategy<Value = Vec<Carried>> {
    let one = (text(), unit(), exact(), 0..EACH, vec(0..EACH as usize, 0..3), origin());
    vec(one, EACH as usize).prop_map(|all| {
        let named = all.into_iter().enumerate().map(|(i, one)| {
            let (title, unit, opening, closing, begins, origin) = one;
            let (name, closing) = (format!("balance {i}"), StepId(closing));
            Carried { name, title, unit, opening, closing, begins, origin }
        });
        named.collect()
    })
}

fn parties() -> impl Strategy<Value = Vec<Party>> {
    vec((text(), any::<bool>()), EACH as usize).prop_map(|all| {
        let named = all.into_iter().enumerate();
        named.map(|(i, (title, per_case))| Party { name: format!("party {i}"), title, per_case }).collect()
    })
}

fn choices() -> impl Strategy<Value = Vec<Choice>> {
    vec((text(), vec((text(), text()), 0..4)), EACH as usize).prop_map(|all| {
        let named = all.into_iter().enumerate();
        named.map(|(i, (title, members))| Choice { name: format!("choice {i}"), title, members }).collect()
    })
}

fn pools() -> impl Strategy<Value = Vec<Pool>> {
    let contribution = (party_id(), (0..EACH).prop_map(ParameterId));
    let one = (text(), party_id(), vec(contribution, 0..3), (0..EACH).prop_map(StepId));
    vec(one, 0..3).prop_map(|all| {
        let named = (0..).zip(all);
        let pool = |(i, (title, host, contributions, budget))| {
            let name = format!("pool {i}");
            Pool { name, title, host, contributions, budget }
        };
        named.map(pool).collect()
    })
}

/// Any settlement.
pub(crate) fn settlement() -> impl Strategy<Value = Settlement> {
    let heads = (text(), text(), text(), parties(), choices(), option::of(calendar()));
    let lists = (inputs(), parameters(), steps(), carried(), (pools(), allocations()), datasets(), vectors());
    (heads, lists).prop_map(|((name, title, source_hash, parties, choices, calendar), lists)| {
        let (inputs, parameters, steps, carried, (pools, allocations), datasets, vectors) = lists;
        Settlement {
            name,
            title,
            source_hash,
            currency: Currency::named("GBP").unwrap(),
            parties,
            periods: (2020..2023).map(|year| Period::financial_year(year).unwrap()).collect(),
            calendar,
            choices,
            inputs,
            parameters,
            steps,
            carried,
            pools,
            allocations,
            datasets,
            vectors,
        }
    })
}
